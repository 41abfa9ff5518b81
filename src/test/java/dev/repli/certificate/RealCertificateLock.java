package dev.repli.certificate;

import dev.repli.approval.ApprovalLock;
import dev.repli.journal.Journal;
import java.time.Clock;

/** The lock as Repli has it, for tests of the engine's edge. */
public final class RealCertificateLock {
  public static ApprovalLock over(Journal journal) {
    return new CertificateLock(journal, Clock.systemUTC());
  }

  private RealCertificateLock() {}
}

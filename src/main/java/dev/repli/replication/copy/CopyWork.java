package dev.repli.replication.copy;

import dev.repli.replication.Copies.Order;
import dev.repli.replication.copy.CopyRecord.Phase;
import java.time.Clock;
import java.util.function.UnaryOperator;

/**
 * The work at one copy, in a thread of its own. Every finished phase and part is written down
 * before the next begins, so that a successor does none of them again.
 */
final class CopyWork {
  private final Order order;
  private final CopyRecords records;
  private final Clock clock;
  private final CopyFolder folder;
  private final CopyPhases phases;
  private final Cancel cancel = new Cancel();
  private CopyRecord copy;

  CopyWork(
      Order order,
      CopyRecord copy,
      CopyRecords records,
      Clock clock,
      CopyFolder folder,
      CopyPhases phases) {
    this.order = order;
    this.copy = copy;
    this.records = records;
    this.clock = clock;
    this.folder = folder;
    this.phases = phases;
  }

  /** Works until the copy is done, failed, cancelled or another's. */
  void run() {
    try {
      folder.make();
      new Orphans(folder.path()).end();
      while (now().phase() != Phase.DONE && !cancel.isCancelled()) {
        phases.work(this);
      }
    } catch (RuntimeException e) {
      if (!cancel.isCancelled()) {
        note(at -> at.failed(String.valueOf(e.getMessage())));
      }
    }
  }

  Order order() {
    return order;
  }

  CopyFolder folder() {
    return folder;
  }

  Cancel cancel() {
    return cancel;
  }

  synchronized CopyRecord now() {
    return copy;
  }

  /** Remembers progress that need not survive; the next beat writes it. */
  synchronized void show(UnaryOperator<CopyRecord> change) {
    copy = change.apply(copy);
  }

  /** Writes it down, or stops when the copy belongs to another by now. */
  synchronized void note(UnaryOperator<CopyRecord> change) {
    copy = change.apply(copy);
    beat();
  }

  /** Says that this work is alive. */
  synchronized void beat() {
    if (!cancel.isCancelled() && !records.save(copy, clock.instant())) {
      cancel.cancel();
    }
  }

  /** Before each change of what cannot be locked: a successor may be at it. */
  void refuseWhenNotOurs() {
    beat();
    refuseWhenCancelled();
  }

  void refuseWhenCancelled() {
    if (cancel.isCancelled()) {
      throw new CopyFailure("this copy was cancelled, or another Repli took it over");
    }
  }
}

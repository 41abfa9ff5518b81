package dev.repli.certificate;

import dev.repli.approval.ApprovalLock;
import dev.repli.comparison.TableComparison;
import dev.repli.database.Databases;
import dev.repli.journal.Journal;
import dev.repli.plan.Secrets;
import dev.repli.rollback.Looks;
import dev.repli.route.ReadBack;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the certificate. A new proof is one more entry of the list. */
@Configuration(proxyBeanMethods = false)
class CertificateConfiguration {

  @Bean
  ProveWayBack proveWayBack(
      Looks looks,
      Databases databases,
      Journal journal,
      Secrets secrets,
      ObjectProvider<TableComparison> comparisons,
      ObjectProvider<StreamCanary> stream,
      ObjectProvider<Clock> clock) {
    Clock time = clock.getIfAvailable(Clock::systemUTC);
    List<Proof> looking =
        new ArrayList<>(
            List.of(
                new GrantsProof(), new VersionProof(), new RetentionProof(), new LeftOutProof()));
    comparisons.ifAvailable(found -> looking.add(new ComparisonProof(found, time)));
    return new ProveWayBack(
        looks,
        looking,
        List.of(
            new CanaryProof(
                secrets,
                time,
                ReadBack.everyHalfMillisecond(),
                stream.getIfAvailable(() -> StreamCanary.NONE))),
        new PlannedCanary(databases),
        journal,
        time);
  }

  @Bean
  ApprovalLock certificateLock(Journal journal, ObjectProvider<Clock> clock) {
    return new CertificateLock(journal, clock.getIfAvailable(Clock::systemUTC));
  }
}

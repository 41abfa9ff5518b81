package dev.repli.rollback;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.PreApprovals;
import dev.repli.database.Databases;
import dev.repli.journal.Journal;
import dev.repli.route.Routes;
import dev.repli.run.Runs;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the use cases of the rollback. A new automatic step is one more entry of the list. */
@Configuration(proxyBeanMethods = false)
class RollbackConfiguration {

  @Bean
  Looks rollbackLooks(Databases databases, Routes routes) {
    return new Looks(databases, routes);
  }

  @Bean
  PlanChecks planChecks() {
    return new PlanChecks(new JdkHttpLook());
  }

  @Bean
  StepJournal stepJournal(Journal journal) {
    return new StepJournal(journal);
  }

  @Bean
  PreApprovals preApprovals(
      Approvals approvals, Fingerprints fingerprints, ObjectProvider<Clock> clock) {
    return new PreApprovals(approvals, fingerprints, clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  ApprovedWithCutover approvedWithCutover(ObjectProvider<Runs> runs, PreApprovals approvals) {
    return new ApprovedWithCutover(runs::getObject, approvals);
  }

  @Bean
  AssessRollback assessRollback(
      Looks looks,
      PlanChecks checks,
      ApprovedWithCutover approved,
      ReverseStream stream,
      StepJournal journal) {
    return new AssessRollback(looks, checks, approved, stream, journal);
  }

  @Bean
  ReverseStream reverseStream(
      Looks looks, StepJournal journal, ObjectProvider<StandingStreamLook> standing) {
    return new ReverseStream(
        looks, journal, standing.getIfAvailable(() -> StandingStreamLook.NONE));
  }

  @Bean
  PerformStep performStep(
      Looks looks, PlanChecks checks, Journal journal, StepJournal stepJournal) {
    return new PerformStep(
        List.of(
            new AnnounceRollback(journal),
            new VerifyRollback(looks, checks, journal),
            new CloseRollback(journal)),
        stepJournal);
  }

  @Bean
  CheckApplication checkApplication(PlanChecks checks, StepJournal journal) {
    return new CheckApplication(checks, journal);
  }

  @Bean
  WayForward wayForward(Looks looks, StepJournal journal) {
    return new WayForward(looks, journal);
  }

  @Bean
  FindWriter findWriter(Looks looks) {
    return new FindWriter(looks);
  }
}

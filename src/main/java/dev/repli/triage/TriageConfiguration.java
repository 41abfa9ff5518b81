package dev.repli.triage;

import dev.repli.criteria.BreachClocks;
import dev.repli.criteria.EvaluateCriteria;
import dev.repli.criteria.MetricSource;
import dev.repli.incident.Measurements;
import dev.repli.journal.Journal;
import dev.repli.monitor.ReplicationMonitor;
import dev.repli.reversibility.ReversibilityMeter;
import dev.repli.rollback.ApprovedWithCutover;
import dev.repli.run.Runs;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the use cases of the triage. */
@Configuration(proxyBeanMethods = false)
class TriageConfiguration {

  @Bean
  TriageJournal triageJournal(Journal journal) {
    return new TriageJournal(journal);
  }

  @Bean
  RecordedBaselines recordedBaselines(
      ObjectProvider<MetricSource> sources,
      ObjectProvider<BreachClocks> clocks,
      ObjectProvider<Runs> runs,
      Journal journal,
      ObjectProvider<Clock> clock) {
    return new RecordedBaselines(
        sources.orderedStream().toList(),
        clocks::getObject,
        runs::getObject,
        journal,
        clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  RecordIncident recordIncident(
      EvaluateCriteria criteria,
      ObjectProvider<ReplicationMonitor> monitor,
      ObjectProvider<Runs> runs,
      TriageJournal journal) {
    return new RecordIncident(
        criteria,
        plan ->
            Optional.ofNullable(monitor.getIfAvailable())
                .flatMap(watching -> watching.state(plan.id())),
        runs::getObject,
        journal);
  }

  @Bean
  WeighIncident weighIncident(
      EvaluateCriteria criteria, TriageJournal journal, ObjectProvider<Clock> clock) {
    return new WeighIncident(criteria, journal, clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  CanItWait canItWait(Journal journal, TriageJournal triage) {
    return new CanItWait(journal, triage);
  }

  @Bean
  LookAtWayBack lookAtWayBack(ReversibilityMeter meter, ApprovedWithCutover approvals) {
    return new LookAtWayBack(meter, approvals);
  }

  @Bean
  FollowRollback followRollback(
      ObjectProvider<Runs> runs, TriageJournal journal, ObjectProvider<Clock> clock) {
    return new FollowRollback(
        runs::getObject,
        start -> new Thread(start, "rollback-start").start(),
        journal,
        clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  Measurements reportedMeasurements(EvaluateCriteria criteria, BreachClocks clocks) {
    return new ReportedMeasurements(criteria, clocks);
  }

  @Bean
  TellCountdown tellCountdown(TriageJournal journal, ObjectProvider<Clock> clock) {
    return new TellCountdown(journal, clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  CallDeciders callDeciders(TriageJournal journal, ObjectProvider<Clock> clock) {
    return new CallDeciders(journal, clock.getIfAvailable(Clock::systemUTC));
  }
}

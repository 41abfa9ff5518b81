package dev.repli.watch;

import dev.repli.criteria.EvaluateCriteria;
import dev.repli.host.Hosts;
import dev.repli.incident.Incidents;
import dev.repli.journal.Journal;
import dev.repli.monitor.ReplicationMonitor;
import dev.repli.rollback.Looks;
import dev.repli.run.Runs;
import dev.repli.sample.Samples;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the watch after a rollback. */
@Configuration(proxyBeanMethods = false)
class WatchConfiguration {

  @Bean
  WatchAfterRollback watchAfterRollback(
      Looks looks,
      EvaluateCriteria criteria,
      ObjectProvider<ReplicationMonitor> monitor,
      Samples samples,
      ObjectProvider<Hosts> hosts,
      ObjectProvider<Runs> runs,
      ObjectProvider<Incidents> incidents,
      Journal journal,
      ObjectProvider<Clock> clocks) {
    Clock clock = clocks.getIfAvailable(Clock::systemUTC);
    LookAround around =
        new LookAround(
            looks,
            criteria,
            plan ->
                Optional.ofNullable(monitor.getIfAvailable())
                    .flatMap(watching -> watching.state(plan.id())),
            samples,
            new MachineLook(hosts::getObject),
            clock);
    WatchJournal watchJournal = new WatchJournal(journal, clock);
    ReportFromWatch report =
        new ReportFromWatch(
            incidents::getObject,
            start -> new Thread(start, "watch-report").start(),
            watchJournal,
            clock,
            "Watch after the rollback");
    BlindCriteria blind = new BlindCriteria(new CriteriaJournal(journal), clock);
    return new WatchAfterRollback(around, runs::getObject, report, watchJournal, blind, clock);
  }

  @Bean
  WatchRounds watchRounds(Journal journal) {
    return new WatchRounds(journal);
  }
}

package dev.repli.reads;

import dev.repli.database.Databases;
import dev.repli.journal.Journal;
import dev.repli.plan.Plans;
import dev.repli.rollback.Looks;
import dev.repli.route.ActLog;
import dev.repli.route.Routes;
import dev.repli.schedule.RepeatedWork;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the use cases of moving reads. */
@Configuration(proxyBeanMethods = false)
class ReadsConfiguration {
  private final Clock clock;

  ReadsConfiguration(ObjectProvider<Clock> clock) {
    this.clock = clock.getIfAvailable(Clock::systemUTC);
  }

  @Bean
  ReadsJournal readsJournal(Journal journal) {
    return new ReadsJournal(journal);
  }

  @Bean
  @ConditionalOnMissingBean(ReadProbe.class)
  ReadProbe readProbe(Databases databases) {
    return new RouteReadProbe(databases, clock);
  }

  @Bean
  ProbedMetrics probedMetrics(
      Databases databases, Plans plans, ObjectProvider<MeterRegistry> meters) {
    return new ProbedMetrics(
        databases,
        plans,
        clock,
        ProbedMetrics.INTERVAL,
        new ProbeGauges(meters.getIfAvailable(SimpleMeterRegistry::new)));
  }

  @Bean
  RepeatedWork probedMetricsRounds(ProbedMetrics metrics) {
    return new RepeatedWork("route-probe").every(Duration.ofSeconds(30), metrics::keepReading);
  }

  @Bean
  ReadsGauges readsGauges(ObjectProvider<MeterRegistry> meters) {
    return new ReadsGauges(meters.getIfAvailable(SimpleMeterRegistry::new));
  }

  @Bean
  CheckReads checkReads(Looks looks, Routes routes, ReadsJournal own) {
    return new CheckReads(new ReaderNodes(looks), new ReadRoutes(routes, ActLog.NONE), own);
  }

  @Bean
  MeasureBaseline measureBaseline(ReadProbe probe, ReadsJournal own) {
    return new MeasureBaseline(probe, own, clock);
  }

  @Bean
  MoveReads moveReads(Routes routes, ReadsJournal own, ObjectProvider<ReadsObserver> observer) {
    return new MoveReads(routes, own, observer.getIfAvailable(() -> ReadsObserver.NONE));
  }

  @Bean
  LookAtReads lookAtReads(Looks looks, ReadProbe probe, ReadsJournal own, ReadsGauges gauges) {
    return new LookAtReads(new ReaderNodes(looks), probe, own, gauges, clock);
  }

  @Bean
  ProveReads proveReads(
      LookAtReads looks,
      Routes routes,
      ReadProbe probe,
      ReadsGauges gauges,
      Journal journal,
      ReadsJournal own) {
    return new ProveReads(looks, routes, probe, gauges, journal, own, clock);
  }

  @Bean
  RestoreReads restoreReads(Routes routes, ReadProbe probe, ReadsGauges gauges, ReadsJournal own) {
    return new RestoreReads(routes, probe, gauges, own);
  }

  @Bean
  RehearseReads rehearseReads(Routes routes, ReadProbe probe, Journal journal, ReadsJournal own) {
    return new RehearseReads(routes, probe, journal, own);
  }
}

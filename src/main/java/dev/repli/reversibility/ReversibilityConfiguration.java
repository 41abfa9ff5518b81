package dev.repli.reversibility;

import dev.repli.delta.stream.StreamStore;
import dev.repli.journal.Journal;
import dev.repli.monitor.ReplicationMonitor;
import dev.repli.plan.Plans;
import dev.repli.rollback.Looks;
import dev.repli.rollback.ReverseStream;
import dev.repli.run.Runs;
import dev.repli.schedule.RepeatedWork;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the meter; a way back that another feature measures joins it as a bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReversibilitySettings.class)
class ReversibilityConfiguration {

  @Bean
  RollbackWindow rollbackWindow(ObjectProvider<Runs> runs, Journal journal) {
    return new RollbackWindow(runs::getObject, journal);
  }

  @Bean
  ReplicationWay replicationWay(Looks looks, ReverseStream reverse, RollbackWindow window) {
    return new ReplicationWay(looks, reverse, window);
  }

  @Bean
  ReversibilityMeter reversibilityMeter(
      Plans plans,
      List<MeasureWay> measures,
      StrategyTable table,
      RollbackWindow window,
      ObjectProvider<MeterRegistry> meters,
      ObjectProvider<Clock> clock) {
    return new ReversibilityMeter(
        plans,
        measures,
        table,
        window::ends,
        meters.getIfAvailable(SimpleMeterRegistry::new),
        clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  @ConditionalOnProperty(name = "repli.reversibility.enabled", matchIfMissing = true)
  ReversibilityClock reversibilityClock(ReversibilityMeter meter, ReversibilitySettings settings) {
    return new ReversibilityClock(meter, settings.every());
  }

  @Bean
  @ConditionalOnProperty(name = "repli.reversibility.enabled", matchIfMissing = true)
  RepeatedWork noticingChanges(
      Plans plans,
      ObjectProvider<ReplicationMonitor> monitor,
      ObjectProvider<StreamStore> streams,
      ReversibilityClock clock) {
    Optional<ReplicationMonitor> watching = Optional.ofNullable(monitor.getIfAvailable());
    Optional<StreamStore> stored = Optional.ofNullable(streams.getIfAvailable());
    WatchedState sight =
        new WatchedState(
            plan -> watching.flatMap(is -> is.state(plan)),
            plan -> watching.flatMap(is -> is.writers(plan)),
            plan -> stored.flatMap(is -> is.find(plan)));
    NoticeChanges notice = new NoticeChanges(plans, sight::of, clock::soon);
    return new RepeatedWork("way-back-changes").every(Duration.ofSeconds(5), notice::tick);
  }
}

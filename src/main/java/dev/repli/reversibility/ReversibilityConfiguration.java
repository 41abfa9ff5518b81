package dev.repli.reversibility;

import dev.repli.journal.Journal;
import dev.repli.plan.Plans;
import dev.repli.rollback.Looks;
import dev.repli.rollback.ReverseStream;
import dev.repli.run.Runs;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
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
  ReplicationWay replicationWay(
      Looks looks, ReverseStream reverse, ObjectProvider<Runs> runs, Journal journal) {
    return new ReplicationWay(looks, reverse, new RollbackWindow(runs::getObject, journal));
  }

  @Bean
  ReversibilityMeter reversibilityMeter(
      Plans plans,
      List<MeasureWay> measures,
      StrategyTable table,
      ObjectProvider<MeterRegistry> meters,
      ObjectProvider<Clock> clock) {
    return new ReversibilityMeter(
        plans,
        measures,
        table,
        meters.getIfAvailable(SimpleMeterRegistry::new),
        clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  @ConditionalOnProperty(name = "repli.reversibility.enabled", matchIfMissing = true)
  ReversibilityClock reversibilityClock(ReversibilityMeter meter, ReversibilitySettings settings) {
    return new ReversibilityClock(meter, settings.every());
  }
}

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
}

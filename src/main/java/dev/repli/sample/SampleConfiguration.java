package dev.repli.sample;

import dev.repli.criteria.BreachStore;
import dev.repli.monitor.ReplicationMonitor;
import dev.repli.plan.Plans;
import dev.repli.schedule.RepeatedWork;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts keeping samples with the application. */
@Configuration(proxyBeanMethods = false)
class SampleConfiguration {

  @Bean
  RepeatedWork takingSamples(
      Plans plans,
      ObjectProvider<ReplicationMonitor> monitor,
      BreachStore breaches,
      Samples samples,
      ObjectProvider<Clock> clock) {
    TakeSamples taking =
        new TakeSamples(
            plans,
            plan ->
                Optional.ofNullable(monitor.getIfAvailable())
                    .flatMap(watching -> watching.state(plan.id())),
            plan ->
                Optional.ofNullable(monitor.getIfAvailable())
                    .flatMap(watching -> watching.writers(plan.id())),
            breaches,
            samples,
            clock.getIfAvailable(Clock::systemUTC));
    return new RepeatedWork("samples")
        .every(Duration.ofSeconds(10), taking::tick)
        .every(Duration.ofHours(1), taking::forget);
  }
}

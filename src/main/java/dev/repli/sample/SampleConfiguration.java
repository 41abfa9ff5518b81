package dev.repli.sample;

import dev.repli.criteria.BreachStore;
import dev.repli.monitor.ReplicationMonitor;
import dev.repli.plan.Plans;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts keeping samples with the application. */
@Configuration(proxyBeanMethods = false)
class SampleConfiguration {

  @Bean
  SampleClock sampleClock(
      Plans plans,
      ObjectProvider<ReplicationMonitor> monitor,
      BreachStore breaches,
      Samples samples,
      ObjectProvider<Clock> clock) {
    return new SampleClock(
        new TakeSamples(
            plans,
            plan ->
                Optional.ofNullable(monitor.getIfAvailable())
                    .flatMap(watching -> watching.state(plan.id())),
            breaches,
            samples,
            clock.getIfAvailable(Clock::systemUTC)));
  }
}

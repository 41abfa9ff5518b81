package dev.repli.monitor;

import dev.repli.database.Databases;
import dev.repli.incident.Incidents;
import dev.repli.plan.Plans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the watch with the application. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "repli.monitor.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MonitorSettings.class)
class MonitorConfiguration {

  @Bean
  MonitorClock monitorClock(
      Plans plans,
      Databases databases,
      Incidents incidents,
      ObjectProvider<MeterRegistry> meters,
      ObjectProvider<Clock> clock,
      MonitorSettings settings) {
    return new MonitorClock(
        settings.every(),
        executor ->
            new ReplicationMonitor(
                plans,
                databases,
                incidents,
                meters.getIfAvailable(SimpleMeterRegistry::new),
                clock.getIfAvailable(Clock::systemUTC),
                settings.lagLimit(),
                executor));
  }

  /** What it saw last; the clock ends it. */
  @Bean(destroyMethod = "")
  ReplicationMonitor replicationMonitor(MonitorClock clock) {
    return clock.monitor();
  }
}

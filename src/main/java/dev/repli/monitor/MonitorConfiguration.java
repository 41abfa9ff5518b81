package dev.repli.monitor;

import dev.repli.database.Databases;
import dev.repli.delta.stream.StreamStore;
import dev.repli.incident.Incidents;
import dev.repli.plan.Plans;
import dev.repli.schedule.RepeatedWork;
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
  /** Nodes that give no answer at the same time without the others waiting. */
  private static final int LOOKS = 8;

  @Bean
  RepeatedWork monitorRounds() {
    return new RepeatedWork("replication-monitor");
  }

  @Bean
  ReplicationMonitor replicationMonitor(
      RepeatedWork monitorRounds,
      Plans plans,
      Databases databases,
      StreamStore streams,
      Incidents incidents,
      ObjectProvider<MeterRegistry> meters,
      ObjectProvider<Clock> clock,
      MonitorSettings settings) {
    ReplicationMonitor monitor =
        new ReplicationMonitor(
            plans,
            databases,
            streams::find,
            incidents,
            meters.getIfAvailable(SimpleMeterRegistry::new),
            clock.getIfAvailable(Clock::systemUTC),
            settings.lagLimit(),
            monitorRounds.helpers(LOOKS));
    monitorRounds.every(settings.every(), monitor::tick);
    return monitor;
  }
}

package dev.repli.web;

import dev.repli.incident.Incidents;
import dev.repli.journal.Journal;
import dev.repli.plan.Plans;
import dev.repli.run.Runs;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the controllers need beside the features' own beans. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

  @Bean
  Incidents incidents(Plans plans, Runs runs, Journal journal, ObjectProvider<Clock> clock) {
    return new Incidents(plans, runs, journal, clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  Supplier<UUID> runIds() {
    return UUID::randomUUID;
  }
}

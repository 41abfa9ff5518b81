package dev.repli.replication;

import dev.repli.journal.Journal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the set-up together. */
@Configuration(proxyBeanMethods = false)
class ReplicationConfiguration {

  @Bean
  ReplicationSetup replicationSetup(
      SetupServers actingServers,
      SetupServers plannedServers,
      Copies actingCopies,
      Copies plannedCopies,
      SetupGuardrails setupGuardrails,
      Journal journal) {
    return new ReplicationSetup(
        new SetupPorts(actingServers, actingCopies),
        new SetupPorts(plannedServers, plannedCopies),
        setupGuardrails,
        journal);
  }
}

package dev.repli.replication.jdbc;

import dev.repli.plan.Secrets;
import dev.repli.replication.SetupServers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Servers that do what they are told, and servers that only write it down. */
@Configuration(proxyBeanMethods = false)
class ServersConfiguration {

  @Bean
  SetupServers actingServers(Secrets secrets) {
    return JdbcSetupServers.acting(secrets);
  }

  @Bean
  SetupServers plannedServers(Secrets secrets) {
    return JdbcSetupServers.planned(secrets);
  }
}

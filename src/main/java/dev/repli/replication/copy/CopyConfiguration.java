package dev.repli.replication.copy;

import dev.repli.journal.Journal;
import dev.repli.plan.Secrets;
import dev.repli.replication.Copies;
import dev.repli.replication.SetupServers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Copies that are made, and copies that are only described. */
@Configuration(proxyBeanMethods = false)
class CopyConfiguration {
  /** Work of a second or two, so that little is loaded again after a kill. */
  private static final long PART = 32L << 20;

  @Bean
  @DependsOnDatabaseInitialization
  LocalCopies actingCopies(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      SetupServers actingServers,
      Secrets secrets,
      Journal journal,
      @Value("${repli.data-dir}") Path dataDirectory,
      @Value("${repli.copy.part-bytes:" + PART + "}") long partBytes,
      @Value("${repli.copy.dead-after:15s}") Duration dead) {
    return new LocalCopies(
        new CopyRecords(jdbc, transactions),
        new CopyPhases(actingServers, secrets, journal, partBytes),
        Clock.systemUTC(),
        dataDirectory.resolve("copies"),
        dead);
  }

  @Bean
  Copies plannedCopies(LocalCopies actingCopies, SetupServers plannedServers, Journal journal) {
    return new PlannedCopies(actingCopies, plannedServers, journal);
  }
}

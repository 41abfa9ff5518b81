package dev.repli.journal.jdbc;

import dev.repli.journal.Journal;
import dev.repli.journal.Ledgers;
import dev.repli.journal.Reports;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The journal in Repli's own database. */
@Configuration(proxyBeanMethods = false)
class JournalConfiguration {

  @Bean
  JournalPool journalPool(DataSourceProperties database) {
    return new JournalPool(
        database.determineUrl(), database.determineUsername(), database.determinePassword());
  }

  @Bean
  @DependsOnDatabaseInitialization
  JdbcJournal journal(
      JournalPool journalPool, ObjectProvider<Clock> clock, ObjectProvider<MeterRegistry> meters) {
    JournalMetrics metrics = new JournalMetrics(meters.getIfAvailable(SimpleMeterRegistry::new));
    return new JdbcJournal(journalPool, clock.getIfAvailable(Clock::systemUTC), metrics);
  }

  @Bean
  Ledgers ledgers(Journal journal) {
    return new Ledgers(journal);
  }

  @Bean
  Reports reports(Journal journal) {
    return new Reports(journal);
  }
}

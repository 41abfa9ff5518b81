package dev.repli.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.journal.Ledger;
import dev.repli.journal.Ledgers;
import dev.repli.journal.Reports;
import dev.repli.run.RunKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

class JournalConfigurationTest {
  private static final RunKey RUN = new RunKey("incident-4711");

  private static ApplicationContextRunner application(Path folder) {
    return new ApplicationContextRunner()
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withPropertyValues("repli.data-dir=" + folder)
        .withConfiguration(
            AutoConfigurations.of(
                DataSourceAutoConfiguration.class,
                DataSourceTransactionManagerAutoConfiguration.class,
                TransactionAutoConfiguration.class,
                JdbcTemplateAutoConfiguration.class,
                FlywayAutoConfiguration.class))
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withUserConfiguration(JournalConfiguration.class);
  }

  @Test
  void anAppendInsideARolledBackTransactionOfTheApplicationStays(@TempDir Path folder) {
    application(folder)
        .run(
            context -> {
              JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
              Journal journal = context.getBean(Journal.class);
              jdbc.execute("create table engine_work (id int)");
              context
                  .getBean(TransactionTemplate.class)
                  .executeWithoutResult(
                      status -> {
                        jdbc.update("insert into engine_work (id) values (1)");
                        journal.append(RUN, new Evidence.LedgerSigned(ledger()));
                        status.setRollbackOnly();
                      });

              assertThat(jdbc.queryForList("select id from engine_work")).isEmpty();
              assertThat(context.getBean(Ledgers.class).find(RUN)).isPresent();
              assertThat(context).hasSingleBean(Reports.class);
            });
  }

  @Test
  void theWriteOutageOfALedgerIsAMetric(@TempDir Path folder) {
    application(folder)
        .run(
            context -> {
              context.getBean(Journal.class).append(RUN, new Evidence.LedgerSigned(ledger()));

              MeterRegistry meters = context.getBean(MeterRegistry.class);
              assertThat(meters.get("repli.write.outage").timer().totalTime(TimeUnit.MILLISECONDS))
                  .isEqualTo(18);
            });
  }

  private static Ledger ledger() {
    return new Ledger(
        "target to source",
        true,
        Optional.of(Duration.ofMillis(18)),
        1200,
        0,
        0,
        0,
        List.of(),
        List.of(),
        "0-2-42",
        List.of());
  }
}

package dev.repli.writerswitch;

import dev.repli.database.Databases;
import dev.repli.journal.Journal;
import dev.repli.plan.Secrets;
import dev.repli.route.Routes;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Puts the writer switch together. */
@Configuration(proxyBeanMethods = false)
class WriterSwitchConfiguration {

  @Bean
  @DependsOnDatabaseInitialization
  Installation installation(JdbcTemplate database) {
    return Installation.in(database);
  }

  @Bean
  WriterSwitch writerSwitch(
      Databases databases,
      Routes routes,
      Journal journal,
      Secrets secrets,
      ObjectProvider<SwitchObserver> observer,
      ObjectProvider<Carrier> carrier,
      ObjectProvider<StandingStream> stream,
      Installation installation,
      @Value("${repli.data-dir}") Path dataDirectory) {
    RealSwitchPorts real =
        new RealSwitchPorts(
            databases,
            routes,
            journal,
            carrier.getIfAvailable(() -> Carrier.NONE),
            stream.getIfAvailable(() -> StandingStream.NONE));
    return new WriterSwitch(
        dryRun -> dryRun ? new DryRunSwitchPorts(real) : real,
        observer.getIfAvailable(() -> SwitchObserver.NONE),
        secrets,
        Clock.systemUTC(),
        System::nanoTime,
        installation.id(),
        dataDirectory.resolve("probe"));
  }
}

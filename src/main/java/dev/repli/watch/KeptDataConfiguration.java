package dev.repli.watch;

import dev.repli.journal.Journal;
import dev.repli.plan.Plans;
import dev.repli.run.Runs;
import dev.repli.schedule.RepeatedWork;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Watches over what rollbacks have kept, from the moment the application is ready. */
@Configuration(proxyBeanMethods = false)
class KeptDataConfiguration {

  @Bean
  RepeatedWork keptDataRounds(
      Plans plans, Runs runs, Journal journal, ObjectProvider<Clock> clocks) {
    RemindOfKeptData kept =
        new RemindOfKeptData(plans, runs, journal, clocks.getIfAvailable(Clock::systemUTC));
    return new RepeatedWork("kept-data").every(Duration.ofMinutes(1), kept::tick);
  }
}

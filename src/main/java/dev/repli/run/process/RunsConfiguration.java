package dev.repli.run.process;

import dev.repli.engine.AsRepli;
import dev.repli.journal.Journal;
import dev.repli.plan.Plans;
import dev.repli.run.RequestKeys;
import dev.repli.run.Runs;
import dev.repli.run.Standings;
import dev.repli.schedule.RepeatedWork;
import java.time.Clock;
import java.time.Duration;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs on the embedded engine, registered in Repli's own database. */
@Configuration(proxyBeanMethods = false)
class RunsConfiguration {

  @Bean
  @DependsOnDatabaseInitialization
  Runs runs(
      Plans plans,
      Journal journal,
      ProcessEngine engine,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      ObjectProvider<Clock> clock) {
    return new EngineRuns(
        plans,
        new RunRegister(jdbc),
        engine.getRuntimeService(),
        new InstanceState(
            engine.getRuntimeService(), engine.getTaskService(), engine.getHistoryService()),
        new AsRepli(engine.getIdentityService()),
        journal,
        new TransactionTemplate(transactions),
        clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  Standings standings(ProcessEngine engine) {
    return new EngineStandings(engine, new AsRepli(engine.getIdentityService()));
  }

  @Bean
  RepeatedWork standingSteps(ProcessEngine engine, Journal journal, ObjectProvider<Clock> clock) {
    StandingSteps steps =
        new StandingSteps(engine, journal, clock.getIfAvailable(Clock::systemUTC));
    return new RepeatedWork("standing-steps").every(Duration.ofSeconds(30), steps::tick);
  }

  @Bean
  @DependsOnDatabaseInitialization
  RequestKeys requestKeys(JdbcClient jdbc, ObjectProvider<Clock> clock) {
    return new RegisteredRequestKeys(jdbc, clock.getIfAvailable(Clock::systemUTC));
  }
}

package dev.repli.criteria.jdbc;

import dev.repli.criteria.Baselines;
import dev.repli.criteria.BreachClocks;
import dev.repli.criteria.BreachStore;
import dev.repli.criteria.CriteriaTable;
import dev.repli.criteria.EvaluateCriteria;
import dev.repli.criteria.MetricSource;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Wires criteria; another source of metrics is another bean. */
@Configuration(proxyBeanMethods = false)
class CriteriaConfiguration {

  @Bean
  @DependsOnDatabaseInitialization
  BreachStore breachStore(JdbcClient jdbc, PlatformTransactionManager transactions) {
    return new JdbcBreaches(jdbc, transactions);
  }

  @Bean
  BreachClocks breachClocks(BreachStore breaches, ObjectProvider<Clock> clock) {
    return new BreachClocks(breaches, clock.getIfAvailable(Clock::systemUTC), System::nanoTime);
  }

  @Bean
  EvaluateCriteria evaluateCriteria(
      ObjectProvider<MetricSource> sources,
      BreachClocks clocks,
      CriteriaTable table,
      ObjectProvider<Baselines> baselines) {
    return new EvaluateCriteria(
        sources.orderedStream().toList(),
        clocks,
        table,
        baselines.getIfAvailable(() -> Baselines.OF_PLAN));
  }
}

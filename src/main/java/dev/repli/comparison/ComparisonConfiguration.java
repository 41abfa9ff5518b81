package dev.repli.comparison;

import java.time.Clock;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the comparison. */
@Configuration(proxyBeanMethods = false)
class ComparisonConfiguration {

  /** One thread for each comparison, for hours. */
  @Bean
  BackgroundComparisons backgroundComparisons(
      TableComparison comparisons, ComparisonClaims claims, ObjectProvider<Clock> clock) {
    // not a bean: Spring would take it for the application's executor
    return new BackgroundComparisons(
        comparisons,
        claims,
        Executors.newCachedThreadPool(ComparisonConfiguration::thread),
        clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  ComparisonBeats comparisonBeats(BackgroundComparisons background) {
    return new ComparisonBeats(background);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "comparison");
    thread.setDaemon(true);
    return thread;
  }

  @Bean
  TableComparison tableComparison(
      ComparedNodes nodes, ComparisonStore store, ObjectProvider<Clock> clock) {
    return new CompareTables(
        nodes,
        store,
        ComparisonLimits.DEFAULT,
        clock.getIfAvailable(Clock::systemUTC),
        System::nanoTime);
  }
}

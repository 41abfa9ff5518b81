package dev.repli.comparison;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the comparison. */
@Configuration(proxyBeanMethods = false)
class ComparisonConfiguration {

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

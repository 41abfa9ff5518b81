package dev.repli.engine;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires {@link LastTry} to Repli's database. */
@Configuration(proxyBeanMethods = false)
class LastTryConfiguration {
  /** Nested: the engine's own step, which shares the connection, outlives a failure of the work. */
  @Bean
  LastTry lastTry(PlatformTransactionManager transactions) {
    TransactionTemplate nested = new TransactionTemplate(transactions);
    nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    return new LastTry(nested);
  }
}

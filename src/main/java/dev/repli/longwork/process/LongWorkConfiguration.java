package dev.repli.longwork.process;

import dev.repli.engine.NodeIdentity;
import dev.repli.longwork.LongWork;
import dev.repli.longwork.WorkRecords;
import dev.repli.plan.Plans;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the worker; a new kind of work is a bean, named as its tasks name it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkSettings.class)
class LongWorkConfiguration {

  @Bean
  WorkClock workClock(
      ProcessEngine engine,
      ListableBeanFactory beans,
      WorkRecords records,
      Plans plans,
      WorkSettings settings,
      NodeIdentity node,
      ObjectProvider<Clock> clock) {
    TaskLocks locks =
        new TaskLocks(engine.getExternalTaskService(), node.nodeId(), settings.lock());
    ExecutorService threads = Executors.newCachedThreadPool(WorkClock::thread);
    LongWorker worker =
        new LongWorker(
            locks,
            beans.getBeansOfType(LongWork.class),
            records,
            new WorkOrders(plans),
            settings,
            node.nodeId(),
            clock.getIfAvailable(Clock::systemUTC),
            threads);
    return new WorkClock(worker, locks, settings, threads);
  }
}

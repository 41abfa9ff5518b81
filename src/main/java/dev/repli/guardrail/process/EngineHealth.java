package dev.repli.guardrail.process;

import dev.repli.guardrail.OwnHealth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The engine's database, which holds the journal too, and the job executor. */
@Component
class EngineHealth implements OwnHealth {
  /** A job that is due waits this long only when nobody works. */
  private static final Duration OVERDUE = Duration.ofSeconds(60);

  private static final Duration SLOW = Duration.ofSeconds(2);
  private final ProcessEngine engine;
  private final Clock clock;

  EngineHealth(ProcessEngine engine, ObjectProvider<Clock> clock) {
    this.engine = engine;
    this.clock = clock.getIfAvailable(Clock::systemUTC);
  }

  @Override
  public List<Part> look() {
    return List.of(database(), executor());
  }

  private Part database() {
    long begin = System.nanoTime();
    int properties = engine.getManagementService().getProperties().size();
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    return new Part(
        "own database",
        properties > 0 && took.compareTo(SLOW) < 0,
        "answered within " + took.toMillis() + " ms");
  }

  private Part executor() {
    Instant late = clock.instant().minus(OVERDUE);
    long waiting =
        engine
            .getManagementService()
            .createJobQuery()
            .executable()
            .active()
            .duedateLowerThan(Date.from(late))
            .count();
    JobExecutor executor =
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();
    boolean active = executor != null && executor.isActive();
    return new Part(
        "job executor",
        active && waiting == 0,
        "%s, %d jobs are due for more than %d s"
            .formatted(active ? "runs" : "does not run", waiting, OVERDUE.toSeconds()));
  }
}

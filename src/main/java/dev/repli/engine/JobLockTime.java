package dev.repli.engine;

import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import java.time.Duration;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Refuses plans whose writer switch could outlive its job's lock: the engine would then run the
 * same switch a second time beside the first.
 */
@Component
class JobLockTime implements SmartInitializingSingleton {
  /** For what surrounds lease and gate: connections, privileges, routes, canary, ledger. */
  private static final Duration AROUND = Duration.ofSeconds(25);

  private final Plans plans;
  private final Duration lock;

  JobLockTime(
      Plans plans, @Value("${camunda.bpm.job-execution.lock-time-in-millis}") long lockMillis) {
    this.plans = plans;
    this.lock = Duration.ofMillis(lockMillis);
  }

  @Override
  public void afterSingletonsInstantiated() {
    plans.all().forEach(this::check);
  }

  void check(Plan plan) {
    Duration longest = plan.budgets().lease().plus(plan.budgets().gateWait()).plus(AROUND);
    if (longest.compareTo(lock) >= 0) {
      throw new IllegalStateException(
          "plan "
              + plan.id()
              + ": a writer switch may take "
              + longest
              + " (budgets.lease + budgets.gateWait + "
              + AROUND
              + "), which is not below the job lock of "
              + lock
              + ": shorten the budgets, or raise camunda.bpm.job-execution.lock-time-in-millis");
    }
  }
}

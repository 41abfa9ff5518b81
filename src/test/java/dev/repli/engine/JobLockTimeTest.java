package dev.repli.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobLockTimeTest {
  private final JobLockTime lock = new JobLockTime(new OnePlan(), 60_000);

  @Test
  void acceptsASwitchThatEndsBeforeItsLock() {
    assertThatCode(() -> lock.check(OnePlan.plan(Duration.ofSeconds(10), "h")))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesASwitchThatWouldBeRunTwice() {
    assertThatThrownBy(() -> lock.check(OnePlan.plan(Duration.ofSeconds(40), "h")))
        .hasMessageContaining("budgets.lease")
        .hasMessageContaining("camunda.bpm.job-execution.lock-time-in-millis");
  }
}

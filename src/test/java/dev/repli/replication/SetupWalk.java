package dev.repli.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.plan.Plan;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Walks through the steps as the process does. */
record SetupWalk(ReplicationSetup setup, Plan plan) {
  private static final String TOO_SLOW = "connectTimeout";

  CopyMethod check() {
    Findings findings = looked(setup, plan);
    assertThat(findings.problems()).isEmpty();
    return findings.method();
  }

  /** Looks again as people do when a busy machine was too slow to answer. */
  static Findings looked(ReplicationSetup setup, Plan plan) {
    Findings findings = setup.check(SetupLab.RUN, plan);
    for (int again = 0; again < 5 && findings.problems().contains(TOO_SLOW); again++) {
      findings = setup.check(SetupLab.RUN, plan);
    }
    return findings;
  }

  private static StepResult tried(Supplier<StepResult> step) {
    StepResult result = step.get();
    for (int again = 0; again < 5 && result.toString().contains(TOO_SLOW); again++) {
      result = step.get();
    }
    return result;
  }

  String all() {
    CopyMethod method = check();
    done(tried(() -> setup.prepareAccount(SetupLab.RUN, plan, false)));
    until(() -> setup.copy(SetupLab.RUN, plan, method, false));
    done(tried(() -> setup.start(SetupLab.RUN, plan, false)));
    return until(() -> setup.prove(SetupLab.RUN, plan, false));
  }

  static String done(StepResult result) {
    assertThat(result).isInstanceOf(StepResult.Done.class);
    return ((StepResult.Done) result).text();
  }

  /** Looks again until the step does not go on by itself any more. */
  static StepResult settled(Supplier<StepResult> look) {
    AtomicReference<StepResult> last = new AtomicReference<>(tried(look));
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              if (last.get() instanceof StepResult.GoesOn) {
                last.set(tried(look));
              }
              return !(last.get() instanceof StepResult.GoesOn);
            });
    return java.util.Objects.requireNonNull(last.get());
  }

  static String until(Supplier<StepResult> look) {
    return done(settled(look));
  }
}

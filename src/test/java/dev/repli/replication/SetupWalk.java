package dev.repli.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.plan.Plan;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Walks through the steps as the process does. */
record SetupWalk(ReplicationSetup setup, Plan plan) {

  CopyMethod check() {
    Findings findings = setup.check(SetupLab.RUN, plan);
    assertThat(findings.problems()).isEmpty();
    return findings.method();
  }

  String all() {
    CopyMethod method = check();
    done(setup.prepareAccount(SetupLab.RUN, plan, false));
    until(() -> setup.copy(SetupLab.RUN, plan, method, false));
    done(setup.start(SetupLab.RUN, plan, false));
    return until(() -> setup.prove(SetupLab.RUN, plan, false));
  }

  static String done(StepResult result) {
    assertThat(result).isInstanceOf(StepResult.Done.class);
    return ((StepResult.Done) result).text();
  }

  /** Looks again until the step does not go on by itself any more. */
  static StepResult settled(Supplier<StepResult> look) {
    AtomicReference<StepResult> last = new AtomicReference<>(look.get());
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              if (last.get() instanceof StepResult.GoesOn) {
                last.set(look.get());
              }
              return !(last.get() instanceof StepResult.GoesOn);
            });
    return java.util.Objects.requireNonNull(last.get());
  }

  static String until(Supplier<StepResult> look) {
    return done(settled(look));
  }
}

package dev.repli.reversibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.plan.Checks;
import dev.repli.plan.Plan;
import dev.repli.rollback.Findings;
import dev.repli.rollback.SamplePlan;
import dev.repli.runbook.PlanVersions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReversibilityClockTest {
  private final VirtualTime time = new VirtualTime();
  private final AtomicInteger measured = new AtomicInteger();
  private final PlanVersions plans = new PlanVersions();
  private final ReversibilityClock clock =
      new ReversibilityClock(
          new ReversibilityMeter(
              plans,
              List.of(new Counted()),
              (ways, left) -> List.of(),
              new SimpleMeterRegistry(),
              time),
          Duration.ofMinutes(3));

  private final class Counted implements MeasureWay {
    @Override
    public Strategy strategy() {
      return Strategy.REPLICATION;
    }

    @Override
    public WayBack measure(Plan plan) {
      measured.incrementAndGet();
      return WayBack.found(Strategy.REPLICATION, new Findings(List.of()), "", "", "");
    }
  }

  @BeforeEach
  void knowOnePlan() {
    plans.add(
        SamplePlan.of(
            new FakeDatabase(time), List.of(), new Checks(List.of(), List.of(), List.of())));
  }

  @AfterEach
  void stop() {
    clock.close();
  }

  @Test
  void measuresOnceWhenItStarts() {
    clock.start();

    await().atMost(Duration.ofMinutes(1)).until(() -> measured.get() == 1);
  }

  @Test
  void measuresSoonAfterEachChangeThatWasNotAskedForYet() {
    clock.soon();
    clock.soon();
    await().atMost(Duration.ofMinutes(1)).until(() -> measured.get() == 1);
    clock.soon();
    await().atMost(Duration.ofMinutes(1)).until(() -> measured.get() == 2);

    assertThat(measured).hasValue(2);
  }
}

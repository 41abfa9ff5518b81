package dev.repli.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.longwork.InMemoryWorkRecords;
import dev.repli.plan.PlanId;
import dev.repli.reversibility.ReversibilityMeter;
import dev.repli.run.FixedRuns;
import dev.repli.run.KnownPlans;
import dev.repli.run.RunKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HomePageTest {
  private static final PlanId SHOP = new PlanId("shop");

  @Test
  void keepsARunThatGoesOnInViewHoweverManyMessagesCameAfterIt() {
    FixedRuns runs = new FixedRuns();
    runs.with(new RunKey("over"), "RollbackProcess", SHOP, "ada", Optional.of("Rolled back"));
    RunKey goingOn = new RunKey("restoring");
    runs.with(goingOn, "RollbackProcess", SHOP, "ada", Optional.empty());
    for (int i = 0; i < 40; i++) {
      runs.with(
          new RunKey("message-" + i), "MessageApprovalProcess", SHOP, "repli", Optional.of("Sent"));
    }
    InMemoryWorkRecords work = new InMemoryWorkRecords();
    long token = work.begin(goingOn, "restore", "node-1", Instant.EPOCH);

    String page =
        new String(
            new HomePage(new KnownPlans(), runs, work, unmeasured()).home().getBody(),
            StandardCharsets.UTF_8);

    assertThat(token).isPositive();
    assertThat(page).contains("restoring", "restore: ", "message-39").doesNotContain(">over<");
  }

  private static ReversibilityMeter unmeasured() {
    return new ReversibilityMeter(
        new KnownPlans(),
        List.of(),
        (ways, left) -> List.of(),
        new SimpleMeterRegistry(),
        Clock.systemUTC());
  }
}

package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Checks;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class EarlierClosedTimeTest {
  private final InMemoryJournal journal = new InMemoryJournal();
  private final FixedRuns runs = new FixedRuns();
  private final Plan plan =
      SamplePlan.of(
          new FakeDatabase(new VirtualTime()),
          List.of(),
          new Checks(List.of(), List.of(), List.of()));
  private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

  private String words() {
    return new EarlierClosedTime(beans.getBeanProvider(Runs.class), journal).words(plan);
  }

  private void went(String key, PlanId of, long millis) {
    RunKey run = new RunKey(key);
    runs.with(run, "RollbackProcess", of, "op1", Optional.of("Rolled back"));
    journal.append(
        run,
        new Milestone(ClosedTime.ENDED, "measured", Map.of("outageMs", Long.toString(millis))));
  }

  @Test
  void isNotKnownBeforeTheFirstTimeAndNotTakenFromAnotherPlan() {
    assertThat(words()).isEqualTo(EarlierClosedTime.NEVER);
    beans.addBean("runs", runs);
    went("other", new PlanId("other"), 1_000);
    runs.with(new RunKey("RB-0"), "RollbackProcess", plan.id(), "op1", Optional.of("Aborted"));

    assertThat(words()).isEqualTo(EarlierClosedTime.NEVER);
  }

  @Test
  void isWhatTheNewestRunMeasured() {
    beans.addBean("runs", runs);
    went("RB-1", plan.id(), 600_000);
    went("RB-2", plan.id(), 240_000);
    runs.with(new RunKey("RB-3"), "RollbackProcess", plan.id(), "op1", Optional.empty());

    assertThat(words()).isEqualTo(", the last time (RB-2) for at most 4 min");
  }
}

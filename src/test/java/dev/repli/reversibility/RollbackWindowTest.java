package dev.repli.reversibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Checks;
import dev.repli.plan.Plan;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RollbackWindowTest {
  private static final RunKey RUN = new RunKey("CUT-1");
  private final VirtualTime time = new VirtualTime();
  private final InMemoryJournal journal = new InMemoryJournal(time);
  private final FixedRuns runs = new FixedRuns();
  private final RollbackWindow window = new RollbackWindow(() -> runs, journal);
  private final Plan plan =
      SamplePlan.of(new FakeDatabase(time), List.of(), new Checks(List.of(), List.of(), List.of()));

  private void begin(String step) {
    journal.append(RUN, new Milestone("STEP_BEGUN", "begun", Map.of("step", step)));
  }

  private void cutover(Optional<String> result) {
    runs.with(RUN, "CutoverProcess", plan.id(), "op1", result);
  }

  @Test
  void endsSoLongAfterTheWatchBeganAsThePlanSays() {
    cutover(Optional.empty());
    begin("verification");
    begin("watch");

    assertThat(window.closes(plan))
        .contains(
            time.instant().plus(plan.rollbackWindow()).truncatedTo(ChronoUnit.SECONDS).toString());
  }

  @Test
  void isNotForgottenHoweverManyRunsThereAreBeside() {
    cutover(Optional.empty());
    begin("watch");
    for (int i = 0; i < 120; i++) {
      runs.with(
          new RunKey("MSG-" + i), "MessageApprovalProcess", plan.id(), "op1", Optional.of("sent"));
    }

    assertThat(window.closes(plan)).isNotEmpty();
  }

  @Test
  void saysNothingWhileTheWriterHasNotMoved() {
    cutover(Optional.empty());
    begin("verification");

    assertThat(window.closes(plan)).isEmpty();
  }

  @Test
  void saysNothingOfACutoverThatIsOver() {
    cutover(Optional.of("Cutover completed"));
    begin("watch");

    assertThat(window.closes(plan)).isEmpty();
  }
}

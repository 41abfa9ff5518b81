package dev.repli.postmortem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.Checks;
import dev.repli.plan.Plan;
import dev.repli.postmortem.FindEndedRollbacks.Followed;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.RunKey;
import dev.repli.run.Runs.Request;
import dev.repli.runbook.PlanVersions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindEndedRollbacksTest {
  private static final Followed POST_MORTEM =
      new Followed("PostMortemProcess", "-post-mortem", false, Duration.ofDays(2));
  private static final Followed WATCH =
      new Followed("RollbackWatchProcess", "-watch", true, Duration.ofHours(2));
  private final Plan plan =
      SamplePlan.of(
          new FakeDatabase(new VirtualTime()),
          List.of(),
          new Checks(List.of(), List.of(), List.of()));
  private final PlanVersions plans = new PlanVersions();
  private final PastRollback past = new PastRollback(plan);
  private FindEndedRollbacks finding = finding();

  private FindEndedRollbacks finding() {
    plans.add(plan);
    return new FindEndedRollbacks(
        plans, past.runs, past.journal, List.of(POST_MORTEM, WATCH), past.time);
  }

  private List<String> started() {
    return past.runs.requests.stream().map(Request::key).map(RunKey::value).toList();
  }

  @Test
  void startsAPostMortemOnceAlsoAfterARestart() {
    past.happens("slow");
    finding.tick();
    finding.tick();
    finding = finding();
    finding.tick();

    assertThat(started()).containsExactly("INC-1-rollback-post-mortem", "INC-1-rollback-watch");
    assertThat(past.runs.requests.get(0).facts())
        .containsEntry("rollbackRun", "INC-1-rollback")
        .containsEntry("incidentId", "INC-1")
        .containsEntry("rollbackEndedAt", "2026-03-01T12:20:00Z");
  }

  @Test
  void startsNothingAfterWhatChangedNothing() {
    past.ended(PastRollback.ROLLBACK, "RollbackProcess", 0, false, "Rejected");
    finding.tick();

    assertThat(started()).isEmpty();
  }

  @Test
  void startsNothingAfterADryRunAndAnotherRunbook() {
    changed(PastRollback.ROLLBACK);
    past.ended(PastRollback.ROLLBACK, "RollbackProcess", 0, true, "Dry run finished");
    RunKey cutover = new RunKey("CUT-1");
    changed(cutover);
    past.ended(cutover, "CutoverProcess", 0, false, "Window closed");
    finding.tick();

    assertThat(started()).isEmpty();
  }

  @Test
  void followsACutoverThatWentBackByItself() {
    RunKey cutover = movedTo("CUT-1", "TARGET", "SOURCE");
    past.ended(cutover, "CutoverProcess", 0, false, "Returned to source");
    finding.tick();
    finding.tick();

    assertThat(started()).containsExactly("CUT-1-post-mortem", "CUT-1-watch");
  }

  @Test
  void leavesACutoverToTheRollbackThatEndedIt() {
    RunKey cutover = movedTo("CUT-1", "TARGET");
    past.ended(cutover, "CutoverProcess", 0, false, "Rolled back");
    RunKey held = movedTo("CUT-2", "TARGET");
    past.ended(held, "CutoverProcess", 0, false, "Handed to contingency plan");
    finding.tick();

    assertThat(started()).isEmpty();
  }

  @Test
  void asksWhyACutoverWasHandedOverOnItsWayBack() {
    RunKey cutover = movedTo("CUT-1", "TARGET", "SOURCE");
    past.ended(cutover, "CutoverProcess", 0, false, "Handed to contingency plan");
    finding.tick();

    assertThat(started()).containsExactly("CUT-1-post-mortem");
  }

  private RunKey movedTo(String key, String... sides) {
    RunKey run = new RunKey(key);
    for (String side : sides) {
      past.at(1, run, new Milestone("POINT_OF_NO_RETURN", "passed", Map.of("to", side)));
    }
    return run;
  }

  @Test
  void watchesNothingAfterARollbackThatWasUndone() {
    changed(PastRollback.ROLLBACK);
    past.ended(PastRollback.ROLLBACK, "RollbackProcess", 0, false, "Rollback undone");
    finding.tick();

    assertThat(started()).containsExactly("INC-1-rollback-post-mortem");
  }

  @Test
  void findsARollbackBehindManyOtherRuns() {
    for (int n = 0; n < 20; n++) {
      past.ended(new RunKey("dry-" + n), "RollbackProcess", 0, true, "Dry run finished");
      past.ended(new RunKey("watch-" + n), "RollbackWatchProcess", 0, false, "Watched");
    }
    past.happens("slow");
    finding.tick();

    assertThat(started()).hasSize(2);
  }

  @Test
  void whatFailsHoldsNothingElseUpAndIsTriedAgain() {
    past.happens("slow");
    RunKey second = new RunKey("INC-2-rollback");
    changed(second);
    past.ended(second, "RollbackProcess", 0, false, "Rollback undone");
    past.runs.failing("PostMortemProcess");
    finding.tick();
    assertThat(started()).containsExactly("INC-1-rollback-watch");

    past.runs.failing("");
    past.time.pass(Duration.ofMinutes(1));
    finding.tick();
    assertThat(started())
        .containsExactlyInAnyOrder(
            "INC-1-rollback-watch", "INC-1-rollback-post-mortem", "INC-2-rollback-post-mortem");
  }

  @Test
  void followsEachOfTwoLongKeysThatBeginAlike() {
    String id = "a".repeat(105);
    for (String ending : List.of("-rollback", "-rollback2")) {
      RunKey key = new RunKey(id + ending);
      changed(key);
      past.ended(key, "RollbackProcess", 0, false, "Rollback undone");
    }
    finding.tick();

    assertThat(started()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void leavesHistoryAlone() {
    past.happens("slow");
    past.time.pass(Duration.ofHours(49));
    finding.tick();

    assertThat(started()).isEmpty();
  }

  @Test
  void beginsNoWatchWhenItsTimeIsOver() {
    past.happens("slow");
    past.time.pass(Duration.ofHours(2));
    finding.tick();

    assertThat(started()).containsExactly("INC-1-rollback-post-mortem");
  }

  private void changed(RunKey run) {
    past.at(1, run, new Milestone("POINT_OF_NO_RETURN", "passed", Map.of()));
  }
}

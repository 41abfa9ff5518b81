package dev.repli.postmortem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.Checks;
import dev.repli.plan.Plan;
import dev.repli.postmortem.jdbc.RealPostMortems;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.RunKey;
import dev.repli.runbook.PlanVersions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The post-mortem of a cutover that went back from its own watch. */
class CutoverWentBackTest {
  private static final RunKey CUTOVER = new RunKey("CUT-1");
  private static final RunKey RUN = new RunKey("CUT-1-post-mortem");
  private final Plan plan =
      SamplePlan.of(
          new FakeDatabase(new VirtualTime()),
          List.of(),
          new Checks(List.of(), List.of(), List.of()));
  private final PlanVersions plans = new PlanVersions();
  private final PastRollback past = new PastRollback(plan);
  private final PostMortems kept = RealPostMortems.empty();
  private WritePostMortem writing;

  @BeforeEach
  void write() {
    plans.add(plan);
    writing = past.writing(plans, kept);
  }

  private void at(int minute, Evidence evidence) {
    past.at(minute, CUTOVER, evidence);
  }

  private void step(int minute, String step, String name) {
    at(minute, new Milestone(name, "Step " + step, Map.of("step", step)));
  }

  private void look(int minute, String verdict) {
    at(minute, new Measured("error rate", "checkout", "0.2", verdict));
    at(minute, new Milestone("STEP_LOOKED", "looked", Map.of("step", "watch")));
  }

  /** Opened at 12:02, bad once at 12:05, bad again from 12:10 on, decided at 12:13 and 12:14. */
  private void happens() {
    step(0, "decision", "STEP_BEGUN");
    look(0, "BAD");
    at(1, new Decided("lead1", "cutover", "approve", "as planned", "f"));
    step(1, "decision", "STEP_ENDED");
    at(2, new Milestone("POINT_OF_NO_RETURN", "passed", Map.of("to", "TARGET")));
    step(3, "verification", "STEP_BEGUN");
    step(3, "verification", "STEP_ENDED");
    step(4, "watch", "STEP_BEGUN");
    look(5, "BAD");
    look(6, "GOOD");
    look(10, "BAD");
    look(11, "BAD");
    at(13, new Decided("op1", "Decide on the watch", "GO_BACK", "checkout fails", ""));
    at(14, new Decided("pm1", "goBack", "approve", "yes", "f"));
    step(14, "watch", "STEP_ENDED");
    step(14, "return", "STEP_BEGUN");
    look(14, "GOOD");
    at(15, new Milestone("POINT_OF_NO_RETURN", "passed", Map.of("to", "SOURCE")));
    step(16, "return", "STEP_ENDED");
    past.ended(CUTOVER, "CutoverProcess", 0, false, "Returned to source");
  }

  @Test
  void saysWhereTheMinutesWent() {
    happens();
    String times = writing.draft(RUN, CUTOVER, false);

    assertThat(times)
        .contains("to the first bad look: **8 min 0 s**")
        .contains("to the last yes to going back: **4 min 0 s**")
        .contains("to move the writer back: **2 min 0 s**")
        .contains("all of it: **6 min 0 s**");
    assertThat(kept.find(CUTOVER).orElseThrow().markdown())
        .contains("**Cutover that went back**: CUT-1")
        .contains("The cutover's own looks were bad, and people chose to go back.")
        .containsPattern("target .* 12:02:00.000 UTC \\| 2026-03-01 12:15:00.000 UTC")
        .containsPattern("verification \\| .* \\| not known \\|");
  }

  /** A cutover whose watch was ended by a rollback says nothing of how long going back takes. */
  @Test
  void comparesWithCutoversThatWentBackOnly() {
    for (String before : List.of("Rolled back", "Returned to source")) {
      RunKey earlier = new RunKey("EARLIER-" + before.length());
      past.at(0, earlier, new Milestone("STEP_BEGUN", "s", Map.of("step", "return")));
      past.time.pass(Duration.ofSeconds(before.length()));
      past.journal.append(earlier, new Milestone("STEP_ENDED", "s", Map.of("step", "return")));
      past.ended(earlier, "CutoverProcess", -5, false, before);
    }
    happens();
    writing.draft(RUN, CUTOVER, false);

    assertThat(kept.find(CUTOVER).orElseThrow().markdown())
        .containsPattern("return \\| .* \\| as planned \\| 18.0 s");
  }

  @Test
  void writesAboutNoOtherCutover() {
    at(2, new Milestone("POINT_OF_NO_RETURN", "passed", Map.of("to", "TARGET")));
    past.ended(CUTOVER, "CutoverProcess", 0, false, "Cutover completed");
    assertThat(writing.refusal(RUN, CUTOVER, plan.id(), false)).isPresent();

    past.ended(CUTOVER, "CutoverProcess", 0, false, "Returned to source");
    assertThat(writing.refusal(RUN, CUTOVER, plan.id(), false)).isEmpty();
  }
}

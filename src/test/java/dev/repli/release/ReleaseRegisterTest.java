package dev.repli.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.repli.criteria.TwoClocks;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Checks;
import dev.repli.plan.Plan;
import dev.repli.postmortem.PastRuns;
import dev.repli.release.Release.Learned;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.RunKey;
import dev.repli.run.Runs.Run;
import dev.repli.runbook.PlanVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleaseRegisterTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private final TwoClocks time = new TwoClocks(NOON);
  private final InMemoryJournal journal = new InMemoryJournal(time);
  private final PastRuns runs = new PastRuns();
  private final PlanVersions plans = new PlanVersions();
  private final Plan plan =
      SamplePlan.of(
          new FakeDatabase(new VirtualTime()),
          List.of(),
          new Checks(List.of(), List.of(), List.of()));
  private final ReleaseRegister register = new ReleaseRegister(plans, runs, journal);

  @BeforeEach
  void know() {
    plans.add(plan);
  }

  private RunKey run(String key, String runbook, boolean dryRun, String summary) {
    RunKey run = new RunKey(key);
    journal.append(run, new Milestone("RUN_REQUESTED", "asked", Map.of("summary", summary)));
    runs.add(
        new Run(
            run,
            runbook,
            plan.id(),
            "op1",
            dryRun,
            "instance-" + key,
            time.instant(),
            Optional.empty(),
            Optional.empty(),
            false,
            List.of()));
    return run;
  }

  private void moves(RunKey run, String to) {
    time.pass(Duration.ofHours(1));
    journal.append(run, new Milestone("POINT_OF_NO_RETURN", "passed", Map.of("to", to)));
  }

  @Test
  void saysWhatRanWhereSinceWhenAndWhyItWasRolledBack() {
    RunKey cutover = run("CUT-1", "CutoverProcess", false, "");
    moves(cutover, "TARGET");
    journal.append(cutover, new Measured("version", plan.target().label(), "11.4.5", "GOOD"));
    RunKey rollback = run("ROLL-1", "RollbackProcess", false, "checkout <b>fails</b>");
    moves(rollback, "SOURCE");

    assertThat(register.all())
        .containsExactly(
            new Release(
                "shop",
                "source",
                plan.source().label(),
                Optional.empty(),
                "ROLL-1",
                "RollbackProcess",
                NOON.plus(Duration.ofHours(2)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            new Release(
                "shop",
                "target",
                plan.target().label(),
                Optional.of("11.4.5"),
                "CUT-1",
                "CutoverProcess",
                NOON.plus(Duration.ofHours(1)),
                Optional.of(NOON.plus(Duration.ofHours(2))),
                Optional.of("ROLL-1"),
                Optional.of("checkout <b>fails</b>"),
                Optional.empty()));
  }

  @Test
  void knowsTheReleaseThatCameBackInPlace() {
    moves(run("CUT-1", "CutoverProcess", false, ""), "TARGET");
    RunKey rollback = run("ROLL-1", "RollbackProcess", false, "checkout fails");
    time.pass(Duration.ofHours(1));
    journal.append(
        rollback,
        new Milestone(
            "IN_PLACE_OPENED",
            "takes writes again",
            Map.of("to", "TARGET", "version", "10.11.18")));

    assertThat(register.all().get(0))
        .returns("target", Release::side)
        .returns("ROLL-1", Release::run)
        .returns(Optional.of("10.11.18"), Release::version)
        .returns(Optional.empty(), Release::until);
    assertThat(register.all().get(1).endedBy()).contains("ROLL-1");
  }

  @Test
  void learnsTheCauseFromTheAcceptedPostMortem() {
    moves(run("CUT-1", "CutoverProcess", false, ""), "TARGET");
    moves(run("ROLL-1", "RollbackProcess", false, "checkout fails"), "SOURCE");
    journal.append(
        new RunKey("ROLL-1-post-mortem"),
        new Milestone("POST_MORTEM_PUBLISHED", "published", Map.of("cause", "a full disk")));

    assertThat(register.all())
        .extracting(Release::learned)
        .containsExactly(
            Optional.empty(),
            Optional.of(
                new Release.Learned(Optional.of("a full disk"), "/api/runs/ROLL-1/post-mortem")));
  }

  @Test
  void knowsARunThatMovedTheWriterTwice() {
    RunKey cutover = run("CUT-1", "CutoverProcess", false, "");
    moves(cutover, "TARGET");
    moves(cutover, "SOURCE");

    assertThat(register.all()).extracting(Release::side).containsExactly("source", "target");
    assertThat(register.all().get(1).endedBy()).contains("CUT-1");
  }

  /** Its post-mortem is about the release that it took away, not about the one before it. */
  @Test
  void knowsWhyACutoverWentBack() {
    moves(run("ROLL-0", "RollbackProcess", false, ""), "SOURCE");
    RunKey cutover = run("CUT-1", "CutoverProcess", false, "the yearly upgrade");
    moves(cutover, "TARGET");
    journal.append(cutover, new Decided("op1", "Decide on the watch", "GO_BACK", "slow", ""));
    moves(cutover, "SOURCE");
    journal.append(
        new RunKey("CUT-1-watch"),
        new Measured("version", plan.source().label(), "10.11.18", "NOTE"));
    journal.append(
        new RunKey("CUT-1-post-mortem"),
        new Milestone("POST_MORTEM_PUBLISHED", "published", Map.of("cause", "a full disk")));

    assertThat(register.all())
        .extracting(Release::why, release -> release.learned().flatMap(Learned::cause))
        .containsExactly(
            tuple(Optional.empty(), Optional.empty()),
            tuple(Optional.of("slow"), Optional.of("a full disk")),
            tuple(Optional.of("the yearly upgrade"), Optional.empty()));
    assertThat(register.all().get(0).version()).contains("10.11.18");
  }

  @Test
  void countsNeitherDryRunsNorRunsThatChangedNothing() {
    moves(run("DRY-1", "CutoverProcess", true, ""), "TARGET");
    run("CUT-1", "CutoverProcess", false, "");

    assertThat(register.all()).isEmpty();
  }
}

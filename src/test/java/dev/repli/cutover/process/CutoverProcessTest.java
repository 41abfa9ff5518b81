package dev.repli.cutover.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.approval.Approval;
import dev.repli.database.NodeSession.FenceRisk;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.plan.Node;
import dev.repli.rollback.SamplePlan;
import dev.repli.run.RunKey;
import dev.repli.runbook.RunbookEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cutover's models on a real engine, with nodes in memory and a pretended writer switch.
 * Together these tests pass every end event and every boundary event; the last check sees to it.
 */
class CutoverProcessTest {
  private static final Map<String, Object> APPROVED =
      Map.of("cutoverAnswer", "approve", "cutoverReason", "");
  private static final Map<String, Object> CHECK_AGAIN = Map.of("obstacleAnswer", "CHECK_AGAIN");
  private static final Map<String, Object> KEEP_WATCHING = Map.of("watchAnswer", "KEEP_WATCHING");
  private static final Map<String, Object> GO_BACK =
      Map.of("watchAnswer", "GO_BACK", "watchReason", "customers complain");

  /** Those that name versions. */
  private static final Set<String> MESSAGES = Set.of("cutover-begun", "cutover-done");

  private static RunbookEngine engine;
  private CutoverWorld world;

  @BeforeAll
  static void startEngine() throws Exception {
    engine =
        new RunbookEngine(
            "cutover",
            List.of("rollback/FailedStepProcess.bpmn"),
            List.of("stub/WriterSwitchProcess.bpmn"));
  }

  @AfterAll
  static void reachesEveryEvent() throws Exception {
    try (RunbookEngine closing = engine) {
      assertThat(closing.neverReached()).as("events that no test has reached").isEmpty();
    }
  }

  @BeforeEach
  void makeWorld() {
    world = new CutoverWorld(engine.engine, engine.beans, List.of("verification"));
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  private void startAndApprove() {
    world.start(false);
    world.answer("Approve cutover", APPROVED);
  }

  private void decide(String answer) {
    world.answer("Decide on failed step", Map.of("failedStepAnswer", answer));
  }

  private void closeWindow(String answer) {
    world.answer(
        "Close the rollback window",
        Map.of("closeWindowAnswer", answer, "closeWindowReason", "as agreed"));
  }

  private void assertProductionIsWritable() {
    assertThat(world.result()).isEqualTo("Cutover undone");
    assertThat(world.database.source().accepts()).isTrue();
    assertThat(world.database.target().accepts()).isFalse();
    assertThat(world.database.source().replication().configured()).isFalse();
  }

  // ---- the straight way ----

  @Test
  void movesTheWriterWatchesAndClosesTheWindow() {
    startAndApprove();
    world.time.advance(Duration.ofMinutes(15));
    world.due("Event_NextLook");
    world.time.advance(Duration.ofDays(1));
    world.due("Event_NextLook");
    closeWindow("approve");

    assertThat(world.result()).isEqualTo("Cutover completed");
    assertThat(world.database.target().accepts()).isTrue();
    assertThat(world.database.source().accepts()).isFalse();
    assertThat(world.database.source().replication().configured()).isFalse();
    assertThat(world.milestones()).filteredOn("ANNOUNCED"::equals).hasSize(3);
    assertThat(world.evidence(Milestone.class))
        .filteredOn(entry -> MESSAGES.contains(entry.facts().getOrDefault("message", "")))
        .hasSize(2)
        .allSatisfy(
            entry -> assertThat(entry.facts().get("versions")).contains("source (", "target ("));
    assertThat(world.milestones()).contains("WAY_BACK_PROVED", "WINDOW_CLOSED");
    assertThat(world.milestones()).filteredOn("BASELINE_RECORDED"::equals).hasSize(1);
  }

  @Test
  void provesTheWayBackByACanaryInBothDirectionsAndLeavesNothingBehind() {
    world.start(false);

    assertThat(world.evidence(Measured.class))
        .filteredOn(seen -> seen.what().startsWith("canary row"))
        .extracting(Measured::what, Measured::unit)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("canary row from the target to the source", "GOOD"),
            org.assertj.core.groups.Tuple.tuple(
                "canary row from the source to the target", "GOOD"));
    assertThat(world.database.source().replication().configured()).isFalse();
    assertThat((String) world.taskVariable("certificate")).contains("canary row");
  }

  @Test
  void dryRunLooksAsksNobodyAndChangesNothing() {
    world.start(true);

    assertThat(world.result()).isEqualTo("Dry run finished");
    assertThat(world.database.source().acts()).isEmpty();
    assertThat(world.database.target().acts()).isEmpty();
    assertThat(world.route.sent()).isEmpty();
    assertThat(world.milestones()).contains("ANNOUNCEMENT_PLANNED").doesNotContain("ANNOUNCED");
    assertThat(world.evidence(StatementRun.class))
        .as("the canary's statements, in order")
        .extracting(StatementRun::outcome)
        .isNotEmpty()
        .containsOnly("dry run: not sent");
  }

  @Test
  void callsTheEnvironmentsByTheirNames() {
    world.environments("blue", "green");
    world.start(false);

    assertThat(world.task().getName()).isEqualTo("Approve cutover CUT-1, blue to green");
    assertThat((String) world.taskVariable("incidentText")).contains("source blue", "target green");
  }

  @Test
  void letsARollbackStartOnlyWhileItIsWatched() {
    world.start(false);
    assertThat(world.variable("planReleased")).isEqualTo(false);

    world.answer("Approve cutover", APPROVED);
    assertThat(world.variable("planReleased")).isEqualTo(true);
  }

  // ---- rows ----

  @Test
  void comparesTheRowsItselfWhenNobodyHasAndShowsHowFarItIs() {
    world.rows.forget();
    world.comparisonsTakeTime = true;
    world.start(false);
    assertThat(world.newest("rows")).contains("1 of 4 tables");
    assertThat(world.milestones()).contains("COMPARISON_BEGUN");

    world.time.advance(Duration.ofSeconds(31));
    world.due("Event_ComparisonGoesOn");
    assertThat(world.milestones()).contains("COMPARISON_PROGRESS");
    world.comparing.remove().run();
    world.due("Event_ComparisonGoesOn");

    assertThat(world.task().getName()).isEqualTo("Approve cutover CUT-1");
    assertThat(world.newest("rows")).contains("the same in 1 tables");
    assertThat(world.rows.begun()).isEqualTo(1);
  }

  @Test
  void comparesAgainWhenTheLastTimeIsADayAgo() {
    world.time.advance(Duration.ofHours(25));
    world.comparisonsTakeTime = true;
    world.start(false);
    world.rows.find(dev.repli.comparison.Verdict.EQUAL, world.time.instant());
    world.comparing.remove().run();
    world.due("Event_ComparisonGoesOn");

    assertThat(world.task().getName()).isEqualTo("Approve cutover CUT-1");
  }

  @Test
  void asksNobodyToApproveWhileRowsDifferAndComparesAgainWhenTheyAreMended() {
    world.rows.find(dev.repli.comparison.Verdict.DIFFERENT, world.time.instant());
    world.start(false);
    assertThat((String) world.taskVariable("rows")).contains("rows differ", "orders");

    world.rows.find(dev.repli.comparison.Verdict.EQUAL, world.time.instant());
    world.answer("Mend what blocks the cutover", CHECK_AGAIN);

    assertThat(world.task().getName()).isEqualTo("Approve cutover CUT-1");
  }

  @Test
  void saysWhyTheRowsCouldNotBeCompared() {
    world.rows.forget();
    world.rows.fail("target (127.0.0.1:2): connecting: refused");
    world.start(false);

    assertThat(world.task().getName()).isEqualTo("Mend what blocks the cutover CUT-1");
    assertThat((String) world.taskVariable("rows")).contains("comparison failed", "refused");
    assertThat((String) world.taskVariable("certificate")).contains("never compared");
  }

  @Test
  void asksPeopleWhenTheOldWriterLacksRowsAfterTheCutover() {
    startAndApprove();
    world.rows.find(dev.repli.comparison.Verdict.DIFFERENT, world.time.instant());
    world.time.advance(Duration.ofMinutes(15));
    world.due("Event_NextLook");

    assertThat(world.evidence(Measured.class))
        .filteredOn(seen -> seen.node().startsWith("comparison"))
        .extracting(Measured::unit)
        .contains("BAD");
  }

  // ---- decided against ----

  @Test
  void staysLockedUntilWhatBlocksIsMended() {
    world.database.target().setting("binlog_expire_logs_seconds", "60");
    world.start(false);
    assertThat((String) world.taskVariable("certificate")).contains("binlog\\_expire");

    world.answer("Mend what blocks the cutover", CHECK_AGAIN);
    world.database.target().setting("binlog_expire_logs_seconds", "864000");
    world.answer("Mend what blocks the cutover", CHECK_AGAIN);

    assertThat(world.task().getName()).isEqualTo("Approve cutover CUT-1");
  }

  @Test
  void endsWithoutCutoverWhenTheTargetDoesNotFollow() {
    world.database.target().replication().breakWith("1062 Duplicate entry");
    world.start(false);
    assertThat((String) world.taskVariable("guardrails")).contains("1062 Duplicate entry");
    world.answer(
        "Mend what blocks the cutover",
        Map.of("obstacleAnswer", "STOP", "obstacleReason", "rebuild the target"));

    assertThat(world.result()).isEqualTo("No cutover");
  }

  @Test
  void endsWithoutCutoverWhenTheApproverRejects() {
    world.start(false);
    world.answer("Approve cutover", Map.of("cutoverAnswer", "reject", "cutoverReason", "not now"));

    assertThat(world.result()).isEqualTo("No cutover");
    assertThat(world.database.source().accepts()).isTrue();
  }

  @Test
  void renewsTheProofWhilePeopleThink() {
    world.start(false);
    world.database.target().setting("binlog_expire_logs_seconds", "60");
    world.due("Event_ProofAged");

    assertThat(world.milestones()).endsWith("WAY_BACK_NOT_PROVED");
    assertThat((String) world.taskVariable("certificate")).contains("binlog\\_expire");
  }

  @Test
  void abortInterruptsTheRunWhileItWaitsForPeople() {
    world.start(false);
    world.abort();

    assertThat(world.result()).isEqualTo("Cutover aborted");
  }

  // ---- before the point of no return: everything undone ----

  @ParameterizedTest
  @ValueSource(strings = {"UNDONE", "REFUSED", "ABORTED"})
  void endsUndoneWithProductionWritableWhenTheSwitchDoesNotMove(String result) {
    world.writerSwitch.answer(result);
    startAndApprove();

    assertProductionIsWritable();
    assertThat(world.milestones()).filteredOn("ANNOUNCED"::equals).hasSize(2);
  }

  @Test
  void endsUndoneWhenLongWritesDoNotEndInTime() {
    world.start(false);
    world.database.source().risk(longWrite());
    world.answer("Approve cutover", APPROVED);
    world.time.advance(Duration.ofMinutes(2));
    world.due("Event_NextLook");

    assertProductionIsWritable();
    assertThat(world.evidence(Measured.class))
        .extracting(Measured::value)
        .contains("batch@10.0.0.9, open for 40 s");
  }

  private static FenceRisk longWrite() {
    return new FenceRisk(FenceRisk.Kind.LONG_TRANSACTION, false, "batch@10.0.0.9", "open for 40 s");
  }

  @Test
  void goesOnWhenLongWritesEndInTime() {
    world.start(false);
    world.database.source().risk(longWrite());
    world.answer("Approve cutover", APPROVED);
    world.database.source().noOpenTransactions();
    world.due("Event_NextLook");

    assertThat(world.database.target().accepts()).isTrue();
  }

  @Test
  void endsUndoneWhenTheWayBackIsLostMeanwhile() {
    world.start(false);
    world.database.target().setting("log_bin", "OFF");
    world.answer("Approve cutover", APPROVED);

    assertProductionIsWritable();
  }

  @Test
  void asksUntilProductionIsWritable() {
    world.writerSwitch.answer("UNDONE");
    world.start(false);
    world.writerSwitch.before(() -> world.database.source().readOnly(true));
    world.answer("Approve cutover", APPROVED);
    assertThat((String) world.taskVariable("stepError")).contains("source read only");
    world.database.source().readOnly(false);
    decide("TRY_AGAIN");

    assertProductionIsWritable();
  }

  @Test
  void endsHeldWhenPeopleTookTheSwitchOver() {
    world.writerSwitch.answer("HELD");
    startAndApprove();

    assertThat(world.result()).isEqualTo("Held for people");
  }

  // ---- after it ----

  @Test
  void givesClientsTheGraceThenEndsThemAndProvesThatNoneIsLeft() {
    world.database.source().client("app", "10.0.0.5").client("monitor", "10.0.0.2");
    startAndApprove();
    assertThat(world.database.source().acts()).doesNotContain("endSession");
    world.time.advance(Duration.ofMinutes(1));
    world.due("Event_GraceOver");

    assertThat(world.database.source().acts()).contains("endSession");
    assertThat(world.milestones()).filteredOn("ANNOUNCED"::equals).hasSize(2);
  }

  @Test
  void namesClientsThatComeBackAtOnce() {
    world.database.source().client("cron", "10.0.0.9").clientsComeBack(true);
    startAndApprove();
    world.time.advance(Duration.ofMinutes(1));
    world.due("Event_GraceOver");
    assertThat((String) world.taskVariable("stepError")).contains("cron@10.0.0.9 (1)");
    world.database.source().noClients();
    decide("TRY_AGAIN");

    assertThat(world.milestones()).filteredOn("ANNOUNCED"::equals).hasSize(2);
  }

  @Test
  void findsAnEventThatDoesNotRunOnTheTarget() {
    world.database.source().enabledEvent("shop.nightly");
    startAndApprove();
    assertThat((String) world.taskVariable("stepError")).contains("not enabled: shop.nightly");
    decide("SKIP");
    world.answer("Approve skipping", Map.of("skipAnswer", "approve", "skipReason", "not needed"));

    assertThat(world.milestones()).filteredOn("ANNOUNCED"::equals).hasSize(2);
  }

  @Test
  void findsALimitThatWasNotRestored() {
    world.writerSwitch.afterMove(() -> world.database.target().setting("max_connections", "10"));
    startAndApprove();

    assertThat((String) world.taskVariable("stepError")).contains("10, before the cutover 200");
  }

  @Test
  void movesTheWriterBackWhenPeopleChooseSo() {
    world.writerSwitch.lose(1);
    startAndApprove();
    decide("GO_BACK");

    assertThat(world.result()).isEqualTo("Returned to source");
    assertThat(world.database.source().accepts()).isTrue();
    assertThat(world.evidence(Milestone.class))
        .filteredOn(entry -> "return".equals(entry.facts().get("step")))
        .extracting(Milestone::name)
        .containsExactly("STEP_BEGUN", "STEP_ENDED");
    assertThat(wayBackTold())
        .extracting(entry -> entry.facts().get("message"))
        .containsExactly("rollback-running", "rollback-done");
    assertThat(wayBackTold().get(1).facts())
        .containsEntry("rowsLost", "1")
        .hasEntrySatisfying("toNode", node -> assertThat(node).startsWith("source"))
        .containsKeys("begunAt", "tookMs");
  }

  private List<Milestone> wayBackTold() {
    return world.evidence(Milestone.class).stream()
        .filter(entry -> entry.facts().getOrDefault("message", "").startsWith("rollback-"))
        .toList();
  }

  /** Only the watch shares the plan with others: while the writer moves back nobody else may. */
  @Test
  void hasThePlanForItselfAgainWhileItGoesBack() {
    startAndApprove();
    assertThat(world.variable("planReleased")).isEqualTo(true);
    world.approvals.give(preApproval());
    world.concerns.add("error rate");
    world.due("Event_NextLook");
    world.writerSwitch.answer("UNDONE");
    world.answer("Decide on the watch", GO_BACK);

    assertThat(world.task().getName()).startsWith("Decide on failed step");
    assertThat(world.variable("planReleased")).isEqualTo(false);
  }

  @Test
  void asksAgainWhenMovingBackFails() {
    world.writerSwitch.lose(1);
    startAndApprove();
    world.writerSwitch.answer("UNDONE");
    decide("GO_BACK");
    world.database.source().readOnly(false);
    decide("TRY_AGAIN");
    assertThat((String) world.taskVariable("stepError")).contains("both nodes accept");
    world.database.target().readOnly(true);
    decide("TRY_AGAIN");

    assertThat(world.result()).isEqualTo("Returned to source");
    assertThat(wayBackTold()).as("once, however often it is tried").hasSize(2);
  }

  @Test
  void handsOverToTheContingencyPlan() {
    world.writerSwitch.lose(1);
    startAndApprove();
    decide("CONTINGENCY");

    assertThat(world.result()).isEqualTo("Handed to contingency plan");
  }

  // ---- watched ----

  @Test
  void asksPeopleWhenALookIsBadAndKeepsWatching() {
    startAndApprove();
    world.concerns.add("error rate");
    world.due("Event_NextLook");
    assertThat((String) world.taskVariable("evidence")).contains("error rate");
    world.answer("Decide on the watch", KEEP_WATCHING);
    world.concerns.clear();
    world.due("Event_NextLook");

    assertThat(world.ended()).isFalse();
  }

  @Test
  void asksNobodyWhileARollbackIsAtWork() {
    startAndApprove();
    world.runs.with(new RunKey("RB-1"), "RollbackProcess", SamplePlan.ID, "op1", Optional.empty());
    world.database.target().readOnly(true);
    world.due("Event_NextLook");

    assertThat(world.runs("Event_NextLook")).isTrue();
  }

  /** A look tries the way back out by rows of its own; a switch at work must not meet them. */
  @Test
  void triesNothingOutWhileARollbackIsAtWork() {
    startAndApprove();
    world.due("Event_NextLook");
    world.runs.with(new RunKey("RB-1"), "RollbackProcess", SamplePlan.ID, "op1", Optional.empty());
    int acts = world.database.target().acts().size();
    world.whileLooking = () -> world.concerns.add("looked at all the same");
    world.due("Event_NextLook");

    assertThat(world.runs("Event_NextLook")).isTrue();
    assertThat(world.concerns).isEmpty();
    assertThat(world.database.target().acts()).hasSize(acts);
  }

  @Test
  void asksPeopleThoughAnIncidentIsBeingAssessed() {
    startAndApprove();
    RunKey incident = new RunKey("INC-7");
    world.runs.with(incident, "IncidentTriageProcess", SamplePlan.ID, "monitor1", Optional.empty());
    world.concerns.add("error rate");
    world.due("Event_NextLook");

    assertThat(world.task().getName()).startsWith("Decide on the watch");
  }

  @Test
  void asksPeopleThoughABackupIsBeingProved() {
    startAndApprove();
    RunKey proof = new RunKey("shop-backup-1");
    world.runs.with(proof, "BackupRehearsalProcess", SamplePlan.ID, "schedule", Optional.empty());
    world.concerns.add("error rate");
    world.due("Event_NextLook");

    assertThat(world.task().getName()).startsWith("Decide on the watch");
  }

  @Test
  void asksPeopleWhenTheRollbackHasEndedAndTheWriterStayed() {
    startAndApprove();
    world.runs.with(
        new RunKey("RB-1"), "RollbackProcess", SamplePlan.ID, "op1", Optional.of("Aborted"));
    world.concerns.add("error rate");
    world.due("Event_NextLook");

    assertThat(world.task().getName()).startsWith("Decide on the watch");
  }

  @Test
  void asksPeopleThoughAnotherCutoverIsOnlyWatched() {
    startAndApprove();
    RunKey other = new RunKey("CUT-0");
    world.runs.with(other, "CutoverProcess", SamplePlan.ID, "op1", Optional.empty());
    world.journal.append(
        other, new Milestone("STEP_BEGUN", "Step watch begun", Map.of("step", "watch")));
    world.concerns.add("error rate");
    world.due("Event_NextLook");

    assertThat(world.task().getName()).startsWith("Decide on the watch");
  }

  @Test
  void seesThatTheWriterWentBackWhileItLooked() {
    startAndApprove();
    world.concerns.add("replica stopped");
    world.whileLooking = () -> world.database.writerIs(Node.Role.SOURCE);
    world.due("Event_NextLook");

    assertThat(world.result()).isEqualTo("Rolled back");
  }

  @Test
  void goesBackFromTheWatchOnlyWithAnApproval() {
    startAndApprove();
    world.database.source().replication().breakWith("1032 Can't find record");
    world.due("Event_NextLook");
    world.answer("Decide on the watch", GO_BACK);
    world.answer("Approve going back", Map.of("goBackAnswer", "reject", "goBackReason", "no"));
    assertThat(world.database.target().accepts()).isTrue();
    world.due("Event_NextLook");
    world.answer("Decide on the watch", GO_BACK);
    world.answer("Approve going back", Map.of("goBackAnswer", "approve", "goBackReason", ""));

    assertThat(world.result()).isEqualTo("Returned to source");
    assertThat(world.database.source().accepts()).isTrue();
  }

  @Test
  void goesBackAtOnceWhenThatWasApprovedWithTheCutover() {
    startAndApprove();
    world.approvals.give(preApproval());
    world.concerns.add("error rate");
    world.due("Event_NextLook");
    world.answer("Decide on the watch", GO_BACK);

    assertThat(world.result()).isEqualTo("Returned to source");
  }

  private Approval preApproval() {
    return new Approval(
        CutoverWorld.KEY,
        "cutoverPreApproves",
        "t1-pre",
        "t1-pre",
        "lead1",
        world.time.instant(),
        Approval.Answer.APPROVE,
        "",
        CutoverWorld.FINGERPRINT);
  }

  @Test
  void keepsTheWindowOpenWhenPeopleSaySo() {
    startAndApprove();
    world.due("Event_NextLook");
    world.time.advance(Duration.ofDays(1));
    world.due("Event_NextLook");
    closeWindow("reject");

    assertThat(world.ended()).isFalse();
    assertThat(world.database.source().replication().configured()).isTrue();
  }

  @Test
  void endsTheWatchWhenARollbackMovedTheWriter() {
    startAndApprove();
    world.database.writerIs(Node.Role.SOURCE);
    world.due("Event_NextLook");

    assertThat(world.result()).isEqualTo("Rolled back");
  }

  @Test
  void goesOnLookingWhileTheWindowWaitsToBeClosed() {
    startAndApprove();
    world.due("Event_NextLook");
    world.time.advance(Duration.ofDays(1));
    world.due("Event_NextLook");
    world.due("Event_WindowLookDue");
    assertThat(world.task().getName()).isEqualTo("Close the rollback window CUT-1");
    world.database.writerIs(Node.Role.SOURCE);
    world.due("Event_WindowLookDue");

    assertThat(world.result()).isEqualTo("Rolled back");
  }

  // ---- late ----

  @Test
  void marksTheRunLateWhilePeopleTakeTheirTime() {
    world.start(false);
    world.due("Event_DecisionOverran");

    assertThat(world.variable("late")).isEqualTo(true);
    assertThat(world.task().getName()).isEqualTo("Approve cutover CUT-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Drain", "Switch", "Verification"})
  void marksTheRunLateWhenAStepOverruns(String step) {
    world.stopWhenClockRuns("Event_" + step + "Overran");
    startAndApprove();
    world.due("Event_" + step + "Overran");

    assertThat(world.variable("late")).isEqualTo(true);
    assertThat(world.milestones()).contains("RUN_LATE");
  }
}

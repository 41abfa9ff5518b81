package dev.repli.reads.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.CommandRun;
import dev.repli.plan.ReadRules;
import dev.repli.plan.ReadRules.WhenBad;
import dev.repli.reads.ReadsObserver.Point;
import dev.repli.route.ReadWeights;
import dev.repli.route.RouteAct;
import dev.repli.runbook.RunbookEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The models that move reads on a real engine, with nodes, a route and reads in memory. Together
 * these tests pass every end event and every boundary event; the last check sees to it.
 */
class ProgressiveReadsProcessTest {
  private static final Duration HOLD = Duration.ofHours(1);
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final ReadWeights BEFORE = new ReadWeights(0, Map.of("old", 1));

  private static RunbookEngine engine;
  private ReadsWorld world;

  @BeforeAll
  static void startEngine() throws Exception {
    engine = new RunbookEngine("reads", List.of("rollback/FailedStepProcess.bpmn"), List.of());
  }

  @AfterAll
  static void reachesEveryEvent() throws Exception {
    try (RunbookEngine closing = engine) {
      assertThat(closing.neverReached()).as("events that no test has reached").isEmpty();
    }
  }

  @BeforeEach
  void makeWorld() {
    make(rules(WhenBad.STEP_BACK, Optional.empty()));
  }

  private void make(ReadRules rules) {
    if (world != null) {
      world.close();
    }
    world = new ReadsWorld(engine.engine, engine.beans, rules);
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  private static ReadRules rules(WhenBad whenBad, Optional<Integer> follows) {
    return new ReadRules(
        List.of(5, 25, 100),
        HOLD,
        Duration.ofMinutes(1),
        whenBad,
        5,
        follows,
        new ReadRules.Probe(
            Duration.ofSeconds(1), WINDOW, WINDOW, Optional.empty(), Optional.empty()),
        new ReadRules.Limits(5, 200, Duration.ofMillis(1), 1, Duration.ofSeconds(2)));
  }

  // ---- what tests do ----

  /** Checked and measured; the first share is set. */
  private void startAndMeasure() {
    world.start(false);
    measured();
  }

  private void measured() {
    world.time.advance(WINDOW);
    world.due("Event_NextMeasure");
  }

  private void look() {
    world.due("Event_NextLook");
  }

  /** The hold of the present share ends. */
  private void holdEnds() {
    world.time.advance(HOLD);
    look();
  }

  private void decide(String answer) {
    world.answer("Decide on the reads", Map.of("readsAnswer", answer, "readsReason", "as agreed"));
  }

  private void decideOnFailure(String answer) {
    world.answer("Decide on failed step", Map.of("failedStepAnswer", answer));
  }

  private void assertAsBefore(String result) {
    assertThat(world.result()).isEqualTo(result);
    assertThat(world.route.weights()).isEqualTo(BEFORE);
  }

  // ---- the straight way ----

  @Test
  void movesReadsStepByStepAndProvesTheShareByCounting() {
    startAndMeasure();
    assertThat(world.share()).isEqualTo(5);
    holdEnds();
    assertThat(world.share()).isEqualTo(25);
    holdEnds();
    assertThat(world.share()).isEqualTo(100);
    assertThat(world.route.saves()).isZero();
    holdEnds();

    assertThat(world.result()).isEqualTo("Reads moved");
    assertThat(world.share()).isEqualTo(100);
    assertThat(world.route.saves()).isEqualTo(1);
    assertThat(world.reads.isOver()).isTrue();
    assertThat(world.milestones())
        .contains("READS_BEFORE", "READS_BASELINE", "READS_PROVED", "ANNOUNCED");
    assertThat(world.milestones()).filteredOn("READS_MOVED"::equals).hasSize(3);
  }

  @Test
  void holdsAShareAsLongAsThePlanSays() {
    startAndMeasure();
    world.time.advance(HOLD.minusMinutes(1));
    look();

    assertThat(world.share()).isEqualTo(5);
    assertThat(world.runs("Event_NextLook")).isTrue();
  }

  @Test
  void readsAlsoFromAReplicaOfAReplica() {
    make(rules(WhenBad.STEP_BACK, Optional.of(1)));
    startAndMeasure();
    holdEnds();

    assertThat(world.share()).isEqualTo(25);
  }

  @Test
  void dryRunMeasuresAndListsEveryCommandButSendsNone() {
    world.start(true);
    measured();

    assertThat(world.result()).isEqualTo("Dry run finished");
    assertThat(world.route.sent()).isEmpty();
    assertThat(world.evidence(CommandRun.class))
        .extracting(CommandRun::command)
        .containsExactly(
            "fake weights target=5;old=95",
            "fake weights target=25;old=75",
            "fake weights target=100;old=0",
            "fake SAVE");
    assertThat(world.evidence(CommandRun.class)).allMatch(it -> it.outcome().contains("not sent"));
  }

  // ---- before anything moves ----

  static Stream<Named<Consumer<ReadsWorld>>> obstacles() {
    return Stream.of(
        Named.of("no readers", w -> w.route.weights(Optional.empty())),
        Named.of(
            "nobody else reads", w -> w.route.weights(Optional.of(new ReadWeights(1, Map.of())))),
        Named.of("target not ready", w -> w.route.targetReady(false)),
        Named.of("route silent", w -> w.route.reachable(false)),
        Named.of("target down", w -> w.database.target().crash()),
        Named.of("target writable", w -> w.database.target().readOnly(false)),
        Named.of("replication broken", w -> w.database.target().replication().breakWith("1062")));
  }

  @ParameterizedTest
  @MethodSource("obstacles")
  void movesNothingWhileSomethingIsInTheWay(Consumer<ReadsWorld> obstacle) {
    obstacle.accept(world);
    world.start(false);
    world.answer(
        "Mend what blocks the reads", Map.of("readersAnswer", "STOP", "readersReason", "later"));

    assertThat(world.result()).isEqualTo("No reads moved");
    assertThat(world.route.sent()).isEmpty();
  }

  @Test
  void refusesATargetThatFollowsSomebodyElse() {
    make(rules(WhenBad.STEP_BACK, Optional.of(77)));
    world.start(false);

    assertThat((String) world.taskVariable("evidence")).contains("server id 1\\, wanted 77");
  }

  @Test
  void checksAndMeasuresAgainOnceItIsMended() {
    world.route.targetReady(false);
    world.start(false);
    world.route.targetReady(true);
    world.answer("Mend what blocks the reads", Map.of("readersAnswer", "CHECK_AGAIN"));
    measured();

    assertThat(world.share()).isEqualTo(5);
  }

  @Test
  void asksWhenThereIsNoBaseline() {
    world.reads.failing(50);
    startAndMeasure();
    assertThat((String) world.taskVariable("evidence")).contains("20\\.00 \\%");
    world.reads.failing(0);
    world.reads.reads(2);
    world.answer("Mend what blocks the reads", Map.of("readersAnswer", "CHECK_AGAIN"));

    assertThat((String) world.taskVariable("evidence")).contains("at least 5 are needed");
    assertThat(world.route.sent()).isEmpty();
  }

  // ---- bad: back ----

  static Stream<Named<Consumer<ReadsWorld>>> troubles() {
    return Stream.of(
        Named.of("slow target", w -> w.reads.targetTakes(Duration.ofMillis(9))),
        Named.of("failing reads", w -> w.reads.failing(3)),
        Named.of("target down", w -> w.database.target().crash()),
        Named.of("replication broken", w -> w.database.target().replication().breakWith("1062")),
        Named.of(
            "target behind",
            w -> {
              w.database.target().replication().stall(true);
              w.database.source().writeRegardless("other", "row");
            }));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void goesOneStepBackByItself(Consumer<ReadsWorld> trouble) {
    startAndMeasure();
    holdEnds();
    world.time.advance(Duration.ofMinutes(1));
    trouble.accept(world);
    look();

    assertThat(world.share()).isEqualTo(5);
    assertThat(world.runs("Event_NextLook")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void goesToZeroWhenThePlanSaysSo(Consumer<ReadsWorld> trouble) {
    make(rules(WhenBad.ZERO, Optional.empty()));
    startAndMeasure();
    holdEnds();
    world.time.advance(Duration.ofMinutes(1));
    trouble.accept(world);
    look();
    assertThat(world.share()).isZero();
    world.time.advance(WINDOW);
    world.due("Event_MoreReads");

    assertAsBefore("Reads went back");
    assertThat(world.route.saves()).isEqualTo(1);
  }

  @Test
  void goesBackFromTheFirstStepToZero() {
    startAndMeasure();
    world.reads.targetTakes(Duration.ofSeconds(1));
    look();
    world.time.advance(WINDOW);
    world.due("Event_MoreReads");

    assertAsBefore("Reads went back");
  }

  @Test
  void toleratesWhatWasAsSlowBefore() {
    startAndMeasure();
    world.reads.targetTakes(Duration.ofMillis(4));
    holdEnds();

    assertThat(world.share()).isEqualTo(25);
  }

  @Test
  void asksAfterTheSecondSetback() {
    startAndMeasure();
    for (int setback = 0; setback < 2; setback++) {
      holdEnds();
      world.reads.targetTakes(Duration.ofSeconds(1));
      look();
      world.reads.targetTakes(Duration.ofMillis(2));
    }
    holdEnds();
    decide("GO_ON");

    assertThat(world.share()).isEqualTo(25);
    holdEnds();
    assertThat(world.share()).isEqualTo(100);
  }

  // ---- nobody can tell: people ----

  static Stream<Named<Consumer<ReadsWorld>>> doubts() {
    return Stream.of(
        Named.of("too few reads", w -> w.reads.reads(20)),
        Named.of("probe silent", w -> w.reads.silent(true)),
        Named.of("source silent", w -> w.database.source().crash()),
        Named.of("share not as set", w -> w.reads.strays(60)));
  }

  @ParameterizedTest
  @MethodSource("doubts")
  void pausesAndAsksWhenNobodyCanTell(Consumer<ReadsWorld> doubt) {
    startAndMeasure();
    world.time.advance(WINDOW);
    doubt.accept(world);
    look();

    assertThat(world.task().getName()).isEqualTo("Decide on the reads READS-1");
    assertThat((String) world.taskVariable("evidence")).contains("**risk**");
    assertThat(world.share()).isEqualTo(5);
  }

  private void askAt25() {
    startAndMeasure();
    holdEnds();
    world.time.advance(WINDOW);
    world.reads.silent(true);
    look();
    world.reads.silent(false);
  }

  @Test
  void holdsTheShareAgainWhenPeopleSaySo() {
    askAt25();
    decide("HOLD_AGAIN");
    assertThat(world.share()).isEqualTo(25);
    world.time.advance(HOLD.minusMinutes(1));
    look();
    assertThat(world.share()).isEqualTo(25);
    world.time.advance(Duration.ofMinutes(1));
    look();
    assertThat(world.share()).isEqualTo(100);
  }

  @Test
  void goesWhereverPeopleSay() {
    askAt25();
    decide("STEP_BACK");
    assertThat(world.share()).isEqualTo(5);
    world.time.advance(WINDOW);
    world.reads.silent(true);
    look();
    world.reads.silent(false);
    decide("TO_ZERO");
    world.time.advance(WINDOW);
    world.due("Event_MoreReads");

    assertAsBefore("Reads went back");
  }

  @Test
  void isDoneWhenPeopleGoOnFromTheLastShare() {
    askAt25();
    decide("GO_ON");
    world.time.advance(WINDOW);
    world.reads.silent(true);
    look();
    world.reads.silent(false);
    decide("GO_ON");

    assertThat(world.result()).isEqualTo("Reads moved");
  }

  @Test
  void looksOnWhilePeopleDecideAndGoesBackWhenItIsBad() {
    askAt25();
    world.due("Event_PausedLookDue");
    assertThat(world.share()).isEqualTo(25);

    world.reads.targetTakes(Duration.ofSeconds(1));
    world.due("Event_PausedLookDue");
    assertThat(world.share()).isEqualTo(5);
    assertThat(world.task().getName()).isEqualTo("Decide on the reads READS-1");
  }

  // ---- abort ----

  @Test
  void abortWhilePeopleMendChangesNothing() {
    world.route.targetReady(false);
    world.start(false);
    world.abort();

    assertAsBefore("Aborted, reads as before");
    assertThat(world.route.sent()).isEmpty();
  }

  @Test
  void abortWhileTheBaselineIsMeasuredChangesNothing() {
    world.start(false);
    world.abort();

    assertAsBefore("Aborted, reads as before");
    assertThat(world.route.sent()).isEmpty();
    assertThat(world.reads.isOver()).isTrue();
  }

  @Test
  void abortDuringAHoldGivesTheWeightsBack() {
    startAndMeasure();
    holdEnds();
    world.abort();

    assertAsBefore("Aborted, reads as before");
    assertThat(world.milestones()).contains("READS_RESTORED");
  }

  @Test
  void abortWhilePeopleDecideGivesTheWeightsBack() {
    askAt25();
    world.abort();

    assertAsBefore("Aborted, reads as before");
  }

  @Test
  void abortAtAFailedStepGivesTheWeightsBack() {
    startAndMeasure();
    world.route.failNextSpread(1);
    holdEnds();
    world.abort();

    assertAsBefore("Aborted, reads as before");
  }

  @Test
  void abortDuringTheProofGivesTheWeightsBack() {
    startAndMeasure();
    world.reads.targetTakes(Duration.ofSeconds(1));
    look();
    assertThat(world.runs("Event_MoreReads")).isTrue();
    world.abort();

    assertAsBefore("Aborted, reads as before");
  }

  @Test
  void asksUntilTheWeightsAreBackAfterAnAbort() {
    startAndMeasure();
    world.route.failNextSpread(2);
    world.abort();
    decideOnFailure("TRY_AGAIN");
    decideOnFailure("GO_BACK");

    assertAsBefore("Aborted, reads as before");
  }

  @Test
  void leavesTheWeightsToPeopleWhenTheyTakeThemOver() {
    startAndMeasure();
    world.route.failNextSpread(1);
    world.abort();
    decideOnFailure("CONTINGENCY");

    assertThat(world.result()).isEqualTo("Aborted, weights left to people");
    assertThat(world.share()).isEqualTo(5);
  }

  // ---- a step fails ----

  @Test
  void triesAFailedStepAgain() {
    startAndMeasure();
    world.route.failNextSpread(1);
    holdEnds();
    assertThat(world.share()).isEqualTo(5);
    decideOnFailure("TRY_AGAIN");

    assertThat(world.share()).isEqualTo(25);
  }

  @Test
  void givesTheWeightsBackWhenPeopleChooseToGoBack() {
    startAndMeasure();
    world.route.failNextSpread(1);
    holdEnds();
    decideOnFailure("GO_BACK");

    assertAsBefore("Reads as before");
  }

  @Test
  void leavesTheWeightsToPeopleWhenGoingBackFails() {
    startAndMeasure();
    world.route.failNextSpread(2);
    holdEnds();
    decideOnFailure("GO_BACK");
    decideOnFailure("CONTINGENCY");

    assertThat(world.result()).isEqualTo("Weights left to people");
  }

  @Test
  void handsOverToTheContingencyPlan() {
    startAndMeasure();
    world.route.failNextSpread(1);
    holdEnds();
    decideOnFailure("CONTINGENCY");

    assertThat(world.result()).isEqualTo("Handed to contingency plan");
  }

  @Test
  void asksWhenTheCountIsNotWhatTheWeightsSay() {
    startAndMeasure();
    world.reads.targetTakes(Duration.ofSeconds(1));
    look();
    world.reads.strays(50);
    world.time.advance(WINDOW);
    world.due("Event_MoreReads");
    decideOnFailure("TRY_AGAIN");
    assertThat((String) world.taskVariable("stepError")).contains("25.0 % of 200 answered reads");
    decideOnFailure("SKIP");
    world.answer("Approve skipping", Map.of("skipAnswer", "approve", "skipReason", "known"));

    assertThat(world.result()).isEqualTo("Reads went back");
  }

  @Test
  void asksWhenARouteDoesNotKeepItsWeights() {
    startAndMeasure();
    holdEnds();
    holdEnds();
    world.route.failNext(RouteAct.SAVE, 1);
    holdEnds();
    assertThat((String) world.taskVariable("stepError")).contains("told to fail");
    decideOnFailure("TRY_AGAIN");

    assertThat(world.result()).isEqualTo("Reads moved");
  }

  // ---- killed ----

  @ParameterizedTest
  @EnumSource(Point.class)
  void goesOnWhereItWasKilledAndSendsNothingTwice(Point point) {
    world.start(false);
    world.dieAt(point);
    measured();

    assertThat(world.share()).isEqualTo(5);
    assertThat(world.route.sent()).containsExactly("fake weights target=5;old=95");
    holdEnds();
    assertThat(world.share()).isEqualTo(25);
  }

  @ParameterizedTest
  @EnumSource(Point.class)
  void goesBackToWhatWasBeforeTheKill(Point point) {
    startAndMeasure();
    world.dieAt(point);
    holdEnds();
    world.abort();

    assertAsBefore("Aborted, reads as before");
  }

  // ---- late ----

  @Test
  void marksTheRunLateWhateverOverruns() {
    world.start(false);
    world.due("Event_PreparationOverran");
    measured();
    world.due("Event_MoveOverran");
    world.reads.targetTakes(Duration.ofSeconds(1));
    look();
    world.due("Event_ProofOverran");

    assertThat(world.variable("late")).isEqualTo(true);
    assertThat(world.milestones()).filteredOn("RUN_LATE"::equals).hasSize(3);
  }
}

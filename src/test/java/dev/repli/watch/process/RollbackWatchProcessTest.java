package dev.repli.watch.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.cutover.CutoverStep;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.Node;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.runbook.Killed;
import dev.repli.runbook.RunbookEngine;
import dev.repli.sample.Point;
import dev.repli.sample.Series;
import dev.repli.watch.WatchRounds;
import dev.repli.watch.WatchRounds.Round;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The model on a real engine. Together these tests pass every end event; the last check sees to it.
 */
class RollbackWatchProcessTest {
  private static final String NEXT = "Event_NextLook";
  private static RunbookEngine engine;
  private WatchWorld world;

  @BeforeAll
  static void startEngine() {
    engine = new RunbookEngine("watch", List.of("rollback/FailedStepProcess.bpmn"), List.of());
  }

  @AfterAll
  static void reachesEveryEvent() {
    try (RunbookEngine closing = engine) {
      assertThat(closing.neverReached()).as("events that no test has reached").isEmpty();
    }
  }

  @BeforeEach
  void makeWorld() {
    world = new WatchWorld(engine.engine, engine.beans);
    world.database.writerIs(Node.Role.SOURCE);
    at(Duration.ZERO);
  }

  /** So long after the end of the rollback. */
  private static void at(Duration since) {
    ClockUtil.setCurrentTime(Date.from(WatchWorld.ENDED.plus(since)));
  }

  private void isDueIn(Duration time) {
    assertThat(
            engine
                .engine
                .getManagementService()
                .createJobQuery()
                .timers()
                .singleResult()
                .getDuedate())
        .isEqualTo(Date.from(ClockUtil.getCurrentTime().toInstant().plus(time)));
  }

  @AfterEach
  void endWorld() {
    ClockUtil.reset();
    world.close();
  }

  private List<String> rounds() {
    return new WatchRounds(world.journal())
        .of(new RunKey("ROLL-1")).stream().map(Round::state).toList();
  }

  @Test
  void looksAtOnceAndThenEveryQuarterOfAnHourForTwoHours() {
    world.start(false);
    for (int minute = 15; minute < 120; minute += 15) {
      isDueIn(Duration.ofMinutes(15));
      at(Duration.ofMinutes(minute));
      world.due(NEXT);
    }
    assertThat(world.ended()).isFalse();
    at(Duration.ofHours(2));
    world.due(NEXT);

    assertThat(world.endedAs()).isEqualTo("Watch over");
    assertThat(rounds()).hasSize(9).containsOnly("GOOD");
    assertThat(world.started()).isEmpty();
    assertThat(
            world.samples.between(new PlanId("shop"), Series.WRITERS, Instant.EPOCH, Instant.MAX))
        .extracting(Point::value)
        .containsOnly(1.0)
        .hasSize(9);
  }

  @Test
  void reportsABreachSeenTwiceAsOneIncidentAndStartsNoRollback() {
    world.start(false);
    world.tablesDiffer();
    world.due(NEXT);
    isDueIn(Duration.ofMinutes(1));
    assertThat(world.started()).isEmpty();
    world.due(NEXT);
    isDueIn(Duration.ofMinutes(15));
    world.due(NEXT);

    assertThat(rounds()).containsExactly("GOOD", "SUSPECT", "BAD", "BAD");
    assertThat(world.started()).containsExactly("IncidentTriageProcess ROLL-1-watch-1");
    assertThat(summary(0))
        .startsWith("Watch after the rollback: criteria: rollback now (critical): checksum-errors");
    assertThat(world.milestones()).containsOnlyOnce("WATCH_REPORTED");
  }

  private String summary(int request) {
    return world.runs.requests.get(request).facts().getOrDefault("summary", "");
  }

  /** Which node has to be the writer is known before the first look. */
  @Test
  void knowsThatTheSourceIsTheWriterAfterACutoverThatWentBack() {
    world.cutoverWentBack();
    world.database.writerIs(Node.Role.TARGET);
    world.start(false);
    assertThat(rounds()).containsExactly("SUSPECT");
    world.due(NEXT);

    assertThat(summary(0)).contains("another writer");
  }

  @Test
  void namesTheIncidentsThatOthersReported() {
    world.begins(new RunKey("INC-7"), "IncidentTriageProcess");
    world.begins(new RunKey("ROLL-1-watch-1"), "IncidentTriageProcess");
    world.start(false);
    world.time.pass(Duration.ofMinutes(20));
    world.due(NEXT);

    assertThat(world.evidence(Measured.class))
        .filteredOn(any -> any.what().startsWith("incidents reported"))
        .extracting(Measured::value)
        .containsExactly("INC-7 by monitoring", "none");
  }

  @Test
  void callsNobodyForWhatWasBadOnlyOnce() {
    world.start(false);
    world.database.source().crash();
    world.due(NEXT);
    isDueIn(Duration.ofSeconds(10));
    world.database.source().restart();
    world.database.source().readOnly(false);
    world.due(NEXT);

    assertThat(rounds()).containsExactly("GOOD", "SUSPECT", "GOOD");
    assertThat(world.started()).isEmpty();
  }

  @Test
  void reportsWhatGetsWorse() {
    world.tablesDiffer();
    world.start(false);
    world.due(NEXT);
    world.database.target().readOnly(false);
    world.due(NEXT);
    isDueIn(Duration.ofSeconds(10));
    world.due(NEXT);

    assertThat(rounds()).containsExactly("SUSPECT", "BAD", "BAD", "BAD");
    assertThat(world.started()).containsExactly("IncidentTriageProcess ROLL-1-watch-1");
    assertThat(world.evidence(Milestone.class))
        .filteredOn(any -> any.name().equals("WATCH_REPORTED"))
        .extracting(any -> any.facts().getOrDefault("bad", ""))
        .containsExactly("criteria", "two writers");
  }

  @Test
  void saysThatAnIncidentIsOver() {
    world.start(false);
    world.database.source().readOnly(true);
    world.due(NEXT);
    world.due(NEXT);
    assertThat(summary(0)).contains("no node accepts writes");
    world.database.source().readOnly(false);
    world.due(NEXT);
    world.due(NEXT);

    assertThat(rounds()).containsExactly("GOOD", "SUSPECT", "BAD", "GOOD", "GOOD");
    assertThat(world.resolved()).containsExactly("ROLL-1-watch-1");
    assertThat(world.journal().newestMilestone(new RunKey("ROLL-1-watch-1"), "INCIDENT_RESOLVED"))
        .isPresent();
  }

  @Test
  void reportsAgainUntilATriageTakesItIn() {
    RunKey cutover = new RunKey("CUT-2");
    world.start(false);
    world.begins(cutover, "CutoverProcess");
    world.database.target().readOnly(false);
    world.register.busyWith(Optional.of(cutover));
    world.due(NEXT);
    world.due(NEXT);
    isDueIn(Duration.ofMinutes(1));
    assertThat(world.milestones())
        .contains("WATCH_REPORT_REFUSED")
        .doesNotContain("WATCH_REPORTED");
    world.register.breaks();
    world.due(NEXT);
    assertThat(world.milestones()).doesNotContain("WATCH_REPORTED");
    world.register.busyWith(Optional.empty());
    world.due(NEXT);

    assertThat(rounds()).containsExactly("GOOD", "SUSPECT", "BAD", "BAD", "BAD");
    assertThat(world.started()).containsExactly("IncidentTriageProcess ROLL-1-watch-1");
    assertThat(summary(0)).contains("both nodes accept writes");
    assertThat(world.register.startedBy()).doesNotContain(Thread.currentThread());
  }

  @Test
  void seesAnotherWriterThanTheSourceAtTheFirstLook() {
    world.database.writerIs(Node.Role.TARGET);
    world.start(false);
    world.due(NEXT);

    assertThat(rounds()).containsExactly("SUSPECT", "BAD");
    assertThat(summary(0)).contains("it was another one at the end of the rollback");
  }

  @Test
  void judgesTheSourceWhenTheTargetIsDead() {
    world.database.target().crash();
    world.monitor.tick();
    world.start(false);
    world.due(NEXT);
    assertThat(rounds()).containsExactly("GOOD", "GOOD");
    world.database.source().readOnly(true);
    world.due(NEXT);
    world.due(NEXT);

    assertThat(summary(0)).contains("no node that answers accepts writes");
  }

  @Test
  void reportsATargetThatDiesDuringTheWatch() {
    world.start(false);
    world.database.target().crash();
    world.due(NEXT);
    world.due(NEXT);

    assertThat(rounds()).containsExactly("GOOD", "SUSPECT", "BAD");
  }

  @Test
  void judgesOnlyTheNodeThatWentBackInPlace() {
    world.rolledBackInPlace();
    world.database.writerIs(Node.Role.TARGET);
    world.database.source().crash();
    world.monitor.tick();
    world.start(false);
    world.due(NEXT);
    assertThat(rounds()).containsExactly("GOOD", "GOOD");
    world.database.target().readOnly(true);
    world.due(NEXT);
    world.due(NEXT);

    assertThat(rounds()).containsExactly("GOOD", "GOOD", "SUSPECT", "BAD");
    assertThat(summary(0)).contains("no node that answers accepts writes");
  }

  @Test
  void goesOnJudgingWhileACutoverOnlyWatches() {
    RunKey cutover = new RunKey("CUT-2");
    world.begins(cutover, "CutoverProcess");
    world.comesTo(cutover, CutoverStep.WATCH.word());
    world.tablesDiffer();
    world.start(false);
    world.due(NEXT);

    assertThat(rounds()).containsExactly("SUSPECT", "BAD");
  }

  @Test
  void goesOnAfterALookThatFailed() {
    world.start(false);
    world.criteriaFail = true;
    world.due(NEXT);
    isDueIn(Duration.ofMinutes(1));
    world.due(NEXT);
    assertThat(summary(0)).contains("look: it failed");
    world.criteriaFail = false;
    world.due(NEXT);

    assertThat(rounds()).containsExactly("GOOD", "UNKNOWN", "UNKNOWN", "GOOD");
    assertThat(world.resolved()).containsExactly("ROLL-1-watch-1");
  }

  @Test
  void saysWhenItIsStillBadAtTheEnd() {
    world.start(false);
    world.tablesDiffer();
    at(Duration.ofHours(2));
    world.due(NEXT);
    assertThat(world.ended()).isFalse();
    world.due(NEXT);

    assertThat(world.endedAs()).isEqualTo("Watch over, still bad");
    assertThat(world.started()).hasSize(1);
  }

  @Test
  void endsTwoHoursAfterTheRollbackHoweverLateItBegins() {
    at(Duration.ofMinutes(115));
    world.start(false);
    at(Duration.ofMinutes(130));
    world.due(NEXT);

    assertThat(world.endedAs()).isEqualTo("Watch over");
  }

  @Test
  void judgesNothingWhileAnotherRunWorksAndEndsWhenItMovedTheWriter() {
    RunKey cutover = new RunKey("CUT-2");
    world.start(false);
    world.begins(cutover, "CutoverProcess");
    world.database.source().readOnly(true);
    world.due(NEXT);
    world.passes(cutover, "POINT_OF_NO_RETURN");
    world.database.writerIs(Node.Role.TARGET);
    world.due(NEXT);

    assertThat(rounds()).containsExactly("GOOD", "BUSY", "MOVED");
    assertThat(world.endedAs()).isEqualTo("Writer moved again");
    assertThat(world.started()).isEmpty();
  }

  /** The round is in the journal; Repli is killed before the engine knows, and away so long. */
  private void isKilledBehindTheNextRound(Duration away) {
    JavaDelegate real =
        Objects.requireNonNull((JavaDelegate) engine.beans.get("lookAroundDelegate"));
    engine.beans.put(
        "lookAroundDelegate",
        (JavaDelegate)
            execution -> {
              real.execute(execution);
              world.time.pass(away);
              engine.beans.put("lookAroundDelegate", real);
              throw new Killed("the engine's commit");
            });
  }

  @Test
  void writesARoundOnceThatIsRepeatedAfterAKill() {
    isKilledBehindTheNextRound(Duration.ofSeconds(20));
    world.start(false);
    assertThat(rounds()).containsExactly("GOOD");
    isDueIn(Duration.ofMinutes(15));
    world.due(NEXT);

    assertThat(rounds()).containsExactly("GOOD", "GOOD");
  }

  @Test
  void reportsWhatARepeatedRoundStillSees() {
    world.start(false);
    world.tablesDiffer();
    isKilledBehindTheNextRound(Duration.ofSeconds(20));
    world.due(NEXT);
    assertThat(rounds()).containsExactly("GOOD", "SUSPECT", "BAD");
    isKilledBehindTheNextRound(Duration.ofSeconds(20));
    world.due(NEXT);

    assertThat(rounds()).containsExactly("GOOD", "SUSPECT", "BAD", "BAD");
    assertThat(world.started()).containsExactly("IncidentTriageProcess ROLL-1-watch-1");
  }

  @Test
  void writesARepeatedRoundWhenTheNextOneWasDueLongAgo() {
    isKilledBehindTheNextRound(Duration.ofMinutes(15));
    world.start(false);

    assertThat(rounds()).containsExactly("GOOD", "GOOD");
  }

  @Test
  void judgesThoughABackupIsBeingProved() {
    world.start(false);
    world.begins(new RunKey("shop-backup-1"), "BackupRehearsalProcess");
    world.tablesDiffer();
    world.due(NEXT);

    assertThat(rounds()).containsExactly("GOOD", "SUSPECT");
  }

  @Test
  void endsEarlyWhenPeopleSaySo() {
    world.start(false);
    world.abort();

    assertThat(world.endedAs()).isEqualTo("Watch ended early");
  }

  @Test
  void aDryRunLooksOnceAndReportsNothing() {
    world.tablesDiffer();
    world.start(true);

    assertThat(world.endedAs()).isEqualTo("Dry run finished");
    assertThat(rounds()).containsExactly("BAD");
    assertThat(world.started()).isEmpty();
  }

  /** As the form for failed steps takes it. */
  private void decide(String answer) {
    Map<String, Object> answers =
        Map.of("failedStepAnswer", answer, "failedStepReason", "looked myself");
    assertThat(world.task().getName()).isEqualTo("Decide on failed step ROLL-1-watch, watch");
    engine.engine.getTaskService().complete(world.task().getId(), answers);
    world.work();
  }

  @Test
  void asksPeopleWhenItCannotLookAndGoesOnByItselfWhenNobodyAnswers() {
    world.register.isAway(true);
    world.start(false);

    assertThat(world.taskVariable("stepError")).isEqualTo("killed at the register of runs");
    assertThat(world.taskVariable("stepHint")).asString().startsWith("Nobody watches");
    assertThat(world.milestones()).containsExactly("STEP_FAILED");

    world.due("Event_NobodyAnswered");
    assertThat(world.milestones()).containsExactly("STEP_FAILED", "STEP_FAILED");

    world.register.isAway(false);
    decide("TRY_AGAIN");
    assertThat(rounds()).containsExactly("GOOD");
    isDueIn(Duration.ofMinutes(15));
  }

  @Test
  void isLeftToPeopleWhenTheyWantItSo() {
    world.register.isAway(true);
    world.start(false);
    decide("CONTINGENCY");

    assertThat(world.endedAs()).isEqualTo("Watch left to people");
  }
}

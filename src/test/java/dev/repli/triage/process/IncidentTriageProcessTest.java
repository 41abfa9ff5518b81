package dev.repli.triage.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.Metric;
import dev.repli.reversibility.State;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.runbook.RunbookEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The triage's models on a real engine and the team's real table. Together these tests pass every
 * end event and every boundary event but those of {@link TriageLooksAgainTest} and {@link
 * TriageStepFailedTest}; the last check sees to it.
 */
class IncidentTriageProcessTest {
  private static final double NORMAL = 100;
  private static final double ERRORS_HIGH = 0.06;
  private static RunbookEngine engine;
  private TriageWorld world;

  @BeforeAll
  static void startEngine() {
    engine = new RunbookEngine("triage", TriageWorld.BORROWED, List.of());
  }

  @AfterAll
  static void reachesEveryEvent() {
    try (RunbookEngine closing = engine) {
      assertThat(closing.neverReached())
          .as("events that no test has reached")
          .allMatch(
              event ->
                  TriageLooksAgainTest.PASSED.contains(event)
                      || TriageStepFailedTest.PASSED.contains(event)
                      || TriageStepStandsTest.PASSED.contains(event));
    }
  }

  @BeforeEach
  void makeWorld() {
    world = new TriageWorld(engine.engine, engine.beans);
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  private void start() {
    world.start(false);
  }

  private void assess(String answer) {
    world.answer("Assess the incident", Map.of("incidentAnswer", answer, "incidentReason", "seen"));
  }

  private void fix(String answer) {
    world.answer("Try the fix", Map.of("fixAnswer", answer, "fixReason", "index made"));
  }

  /** Errors above 5 % for 10 min and a half, and still. */
  private void startInGrace() {
    world.measure(ERRORS_HIGH, NORMAL);
    world.measureFor(Duration.ofMinutes(11), ERRORS_HIGH);
    start();
    assertThat(world.task().getName()).isEqualTo("Try the fix INC-1");
  }

  /** Some checksums differ. */
  private void startCritical() {
    world.measure(0, NORMAL);
    world.report(Metric.CHECKSUM_ERRORS, 1);
    start();
  }

  private void rolledBack() {
    world.runs.ended(TriageWorld.ROLLBACK, "Rolled back to source");
    world.due("Event_NextLook");
    assertThat(world.endedAs()).isEqualTo("Rolled back to source");
  }

  // ---- what the criteria decide ----

  @Test
  void endsWhenNothingIsAboveNormal() {
    world.measure(0, NORMAL);
    start();

    assertThat(world.endedAs()).isEqualTo("Normal operation");
    assertThat(world.milestones()).containsExactly("INCIDENT_RECORDED", "ANNOUNCED", "VERDICT");
  }

  @Test
  void startsTheRollbackAtOnceWhenDataAreWrong() {
    startCritical();

    assertThat(world.asks()).as("the rollback asks, not the triage").isFalse();
    assertThat(world.runs.requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.key()).isEqualTo(TriageWorld.ROLLBACK);
              assertThat(request.runbook()).isEqualTo("RollbackProcess");
              assertThat(request.facts())
                  .containsEntry("incidentId", "INC-1")
                  .containsEntry("assessmentAnswer", "GO");
            });
    assertThat(world.text("VERDICT"))
        .isEqualTo(
            "Verdict: rollback now (critical): checksum-errors, checksumErrors = 1,"
                + " reported 2026-03-01T12:00:00Z, limit > 0");
    world.due("Event_NextLook");
    rolledBack();
  }

  @Test
  void countsGoingBackInPlaceAsRolledBack() {
    startCritical();
    world.runs.ended(TriageWorld.ROLLBACK, "Rolled back in place");
    world.due("Event_NextLook");

    assertThat(world.endedAs()).isEqualTo("Rolled back to source");
  }

  @Test
  void waitsForAnotherRunOfThePlanAndStartsAgain() {
    world.runs.busy(true);
    startCritical();
    assertThat(world.runs.requests).isEmpty();
    assertThat(world.text("ROLLBACK_WAITS")).contains("other");

    world.runs.busy(false);
    world.due("Event_NextLook");
    assertThat(world.runs.requests).hasSize(1);
    rolledBack();
  }

  @Test
  void takesMissingMetricsForAQuestion() {
    start();

    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");
    assertThat(world.text("VERDICT")).startsWith("Verdict: inconclusive");
  }

  @Test
  void takesABreachThatHasJustBegunForAQuestionAndNotForRecovery() {
    world.measure(0, 9 * NORMAL);
    start();

    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");
  }

  @Test
  void takesStaleMetricsForAQuestion() {
    world.measure(0, NORMAL);
    world.time.pass(Duration.ofMinutes(3));
    start();

    assertThat(world.text("VERDICT")).startsWith("Verdict: inconclusive");
  }

  @Test
  void asksWhenSomebodyCallsItHighAndNoMetricSaysSo() {
    world.measure(0, NORMAL);
    world.reported("high");
    start();
    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");

    world.resolve();
    world.due("Event_LookDue");
    assertThat(world.endedAs()).isEqualTo("Normal operation");
  }

  // ---- grace ----

  @Test
  void recoveryEndsTheGrace() {
    startInGrace();
    world.measureFor(Duration.ofMinutes(1), ERRORS_HIGH);
    world.due("Event_EvaluationDue");
    assertThat(world.asks()).isTrue();

    world.measureFor(Duration.ofSeconds(30), 0);
    world.due("Event_EvaluationDue");
    assertThat(world.endedAs()).isEqualTo("Normal operation");
    assertThat(world.runs.requests).isEmpty();
  }

  @Test
  void theRollbackIsPreparedWhenTheGraceEnds() {
    startInGrace();
    world.measureFor(Duration.ofSeconds(870), ERRORS_HIGH);
    world.due("Event_EvaluationDue");
    assertThat(world.runs.requests).as("14 min 30 s").isEmpty();

    world.measureFor(Duration.ofSeconds(30), ERRORS_HIGH);
    world.due("Event_EvaluationDue");
    assertThat(world.runs.requests).as("15 min").hasSize(1);
    rolledBack();
  }

  @Test
  void aWorseVerdictShortensTheGrace() {
    startInGrace();
    world.report(Metric.MISSING_ROWS, 3);
    world.due("Event_EvaluationDue");

    assertThat(world.runs.requests).hasSize(1);
  }

  @Test
  void theGraceOfAWatchedIncidentEndsWithAQuestion() {
    world.measure(0.002, NORMAL);
    start();
    assertThat(world.text("VERDICT")).startsWith("Verdict: watch (low): errors-low");
    world.measureFor(Duration.ofHours(4), 0.002);
    world.due("Event_EvaluationDue");

    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");
    assertThat(world.runs.requests).isEmpty();
  }

  @Test
  void metricsThatVanishDuringTheGraceLetNothingPassForHealthy() {
    startInGrace();
    world.time.pass(Duration.ofMinutes(16));
    world.due("Event_EvaluationDue");

    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");
    assertThat(world.text("VERDICT")).startsWith("Verdict: inconclusive");
  }

  @Test
  void aFixIsBelievedOnlyWhenTheCriteriaSaySo() {
    startInGrace();
    fix("FIXED");
    assertThat(world.task().getName()).as("not yet").isEqualTo("Try the fix INC-1");

    world.measureFor(Duration.ofSeconds(30), 0);
    fix("FIXED");
    assertThat(world.endedAs()).isEqualTo("Normal operation");
  }

  @Test
  void whatCannotBeFixedIsAssessed() {
    startInGrace();
    fix("NOT_FIXED");

    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");
  }

  @Test
  void aFixHasAnEnd() {
    startInGrace();
    world.due("Event_FixOverdue");

    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");
  }

  // ---- the decision tree ----

  @Test
  void criticalAndNotFixableIsRolledBack() {
    start();
    assess("ROLL_BACK");

    assertThat(world.runs.requests).hasSize(1);
    assertThat(world.text("DECISION_TAKEN")).contains("Assess the incident INC-1: ROLL_BACK");
    rolledBack();
  }

  @Test
  void criticalAndFixableIsFixed() {
    start();
    assess("TRY_FIX");
    world.measure(0, NORMAL);
    fix("FIXED");

    assertThat(world.endedAs()).isEqualTo("Normal operation");
  }

  @Test
  void notCriticalIsFixedInOfficeHours() {
    start();
    assess("OFFICE_HOURS");
    world.answer(
        "Plan the fix in office hours", Map.of("planAnswer", "PLANNED", "planReason", "SHOP-7"));

    assertThat(world.endedAs()).isEqualTo("Fix planned");
  }

  @Test
  void evaluatesAgainWhenMetricsWereMended() {
    start();
    world.measure(0, NORMAL);
    assess("EVALUATE_AGAIN");

    assertThat(world.endedAs()).isEqualTo("Normal operation");
    assertThat(world.milestones()).doesNotContain("DECISION_TAKEN");
  }

  @Test
  void theQuestionGoesAwayWhenTheCriteriaAnswerIt() {
    start();
    world.due("Event_LookDue");
    assertThat(world.task().getName()).as("still open").isEqualTo("Assess the incident INC-1");

    world.report(Metric.CHECKSUM_ERRORS, 1);
    world.due("Event_LookDue");
    assertThat(world.asks()).isFalse();
    assertThat(world.runs.requests).hasSize(1);
  }

  @Test
  void withoutAWayBackPeopleChooseAContingencyPlan() {
    world.wayBack(State.CLOSED);
    startCritical();
    Map<String, Object> again =
        Map.of("contingencyAnswer", "MEASURE_AGAIN", "contingencyReason", "");
    world.answer("Choose contingency plan", again);
    world.answer(
        "Choose contingency plan",
        Map.of("contingencyAnswer", "CONTINGENCY", "contingencyReason", "read only, C. leads"));

    assertThat(world.endedAs()).isEqualTo("Contingency plan chosen");
    assertThat(world.runs.requests).isEmpty();
  }

  @Test
  void aRejectedRollbackGoesBackToPeopleAndIsNotStartedByItselfAgain() {
    startCritical();
    world.runs.ended(TriageWorld.ROLLBACK, "No rollback");
    world.due("Event_NextLook");
    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");
    world.due("Event_LookDue");
    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");

    assess("ROLL_BACK");
    assertThat(world.runs.requests)
        .extracting(Runs.Request::key)
        .containsExactly(TriageWorld.ROLLBACK, new RunKey("INC-1-rollback2"));
  }

  // ---- approved before ----

  @Test
  void anApprovedRollbackStartsAfterItsCountdown() {
    world.approvedWithCutover();
    startCritical();
    assertThat(world.task().getName()).isEqualTo("Stop the automatic rollback INC-1");
    assertThat(world.taskVariable("countdown")).isEqualTo("PT1M");
    assertThat(world.runs.requests).isEmpty();

    world.due("Event_CountdownOver");
    assertThat(world.runs.requests).hasSize(1);
    assertThat(world.asks()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"STOP, 0, true", "START_NOW, 1, false"})
  void aDeciderCanStopTheCountdown(String answer, int started, boolean asks) {
    world.approvedWithCutover();
    startCritical();
    world.answer(
        "Stop the automatic rollback", Map.of("stopAnswer", answer, "stopReason", "planned load"));

    assertThat(world.runs.requests).hasSize(started);
    assertThat(world.asks()).isEqualTo(asks);
    assertThat(world.text("DECISION_TAKEN")).contains(answer);
    assertThat(world.isApprovedWithCutover())
        .as("people who stopped it have to approve it anew")
        .isNotEqualTo(asks);
  }

  @Test
  void whatLosesWritesIsNeverStartedByItself() {
    world.approvedWithCutover();
    world.wayBack(State.LOSES);
    startCritical();

    assertThat(world.asks()).as("no countdown; the rollback asks for its approvals").isFalse();
    assertThat(world.runs.requests).hasSize(1);
  }

  // ---- the clock of the decision ----

  @Test
  void callsTheDecidersAndThenTheirDeputies() {
    start();
    world.time.pass(Duration.ofMinutes(14));
    world.due("Event_LookDue");
    assertThat(world.milestones()).doesNotContain("DECIDERS_REMINDED");

    world.time.pass(Duration.ofMinutes(1));
    world.due("Event_LookDue");
    world.due("Event_LookDue");
    assertThat(world.text("DECIDERS_REMINDED")).contains("after 15 min", "approvers");
    assertThat(world.milestones())
        .doesNotContain("DEPUTIES_CALLED")
        .filteredOn("DECIDERS_REMINDED"::equals)
        .hasSize(1);

    world.time.pass(Duration.ofMinutes(15));
    world.due("Event_LookDue");
    assertThat(world.text("DEPUTIES_CALLED")).contains("after 30 min");
  }

  @Test
  void callsThemTooWhileAContingencyPlanIsToBeChosen() {
    world.wayBack(State.CLOSED);
    startCritical();
    world.time.pass(Duration.ofMinutes(15));
    world.due("Event_ChoiceOpen");

    assertThat(world.milestones()).contains("DECIDERS_REMINDED");
  }

  @Test
  void callsNobodyAfterTheDecision() {
    start();
    assess("ROLL_BACK");
    world.time.pass(Duration.ofMinutes(16));
    world.due("Event_NextLook");

    assertThat(world.milestones()).doesNotContain("DECIDERS_REMINDED");
  }

  @Test
  void callsAgainAndAgainForAnUrgentApproval() {
    startCritical();
    world.runs.waitsFor(TriageWorld.ROLLBACK, "Approve rollback INC-1");
    for (int look = 0; look < 3; look++) {
      world.time.pass(Duration.ofMinutes(4));
      world.due("Event_NextLook");
    }
    assertThat(world.milestones()).filteredOn("APPROVAL_UNANSWERED"::equals).hasSize(1);
    world.time.pass(Duration.ofMinutes(1));
    world.due("Event_NextLook");
    assertThat(world.milestones()).filteredOn("APPROVAL_UNANSWERED"::equals).hasSize(2);

    world.rollbackBegins("announcement");
    world.runs.waitsFor(TriageWorld.ROLLBACK, "Announce the rollback");
    world.due("Event_NextLook");
    assertThat(world.text("DECISION_TAKEN")).contains("those who approved it");
  }

  // ---- abort and dry run ----

  @Test
  void canBeAborted() {
    start();
    world.abort();

    assertThat(world.endedAs()).isEqualTo("Triage aborted");
  }

  @Test
  void aDryRunLooksAndStartsNothing() {
    world.measure(0, NORMAL);
    world.report(Metric.CHECKSUM_ERRORS, 1);
    world.start(true);

    assertThat(world.endedAs()).isEqualTo("Dry run finished");
    assertThat(world.runs.requests).isEmpty();
    assertThat(world.milestones()).contains("VERDICT", "ANNOUNCEMENT_PLANNED");
  }
}

package dev.repli.triage.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.Metric;
import dev.repli.reversibility.State;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the criteria decide, what people decide, and the ends of a triage. */
class IncidentTriageProcessTest extends TriageTest {
  /** Events that these tests pass. */
  static final Set<String> PASSED =
      Set.of(
          "IncidentAssessmentProcess/Event_IncidentAssessed",
          "IncidentAssessmentProcess/Event_LookDue",
          "IncidentAssessmentProcess/Event_QuestionAnswered",
          "IncidentAssessmentProcess/Event_QuestionAsked",
          "IncidentContingencyProcess/Event_ContingencyChosen",
          "IncidentContingencyProcess/Event_NoWayOpen",
          "IncidentOfficeHoursProcess/Event_NotCritical",
          "IncidentOfficeHoursProcess/Event_PlanMade",
          "IncidentRollbackProcess/Event_ContingencyPlan",
          "IncidentRollbackProcess/Event_RollbackCalledFor",
          "IncidentRollbackProcess/Event_RollbackEnded",
          "IncidentStepProcess/Event_StepDone",
          "IncidentStepProcess/Event_StepDue",
          "IncidentTriageProcess/Event_AbortRequested",
          "IncidentTriageProcess/Event_ContingencyChosen",
          "IncidentTriageProcess/Event_DryRunFinished",
          "IncidentTriageProcess/Event_FixPlanned",
          "IncidentTriageProcess/Event_IncidentReported",
          "IncidentTriageProcess/Event_NormalOperation",
          "IncidentTriageProcess/Event_RolledBack",
          "IncidentTriageProcess/Event_TriageAborted");

  IncidentTriageProcessTest() {
    super(PASSED);
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

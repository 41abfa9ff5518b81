package dev.repli.triage.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.Metric;
import dev.repli.reversibility.State;
import dev.repli.run.Runs;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever a triage waits for, what becomes worse or better meanwhile is seen. */
class TriageLooksAgainTest extends TriageTest {
  /** Events that these tests pass. */
  static final Set<String> PASSED =
      Set.of(
          "IncidentContingencyProcess/Event_NothingToChoose",
          "IncidentOfficeHoursProcess/Event_CannotWait",
          "IncidentOfficeHoursProcess/Event_NewsDue",
          "IncidentRollbackProcess/Event_NotCalledFor",
          "IncidentTriageProcess/Event_CannotWait");

  TriageLooksAgainTest() {
    super(PASSED);
  }

  // ---- put off until office hours ----

  private void putOff() {
    world.reported("low");
    world.start(false);
    assess("OFFICE_HOURS");
    assertThat(world.task().getName()).isEqualTo("Plan the fix in office hours INC-1");
  }

  @Test
  void whatWasPutOffWaitsWhileNothingIsWorse() {
    putOff();
    world.join("INC-2", "low");
    world.due("Event_NewsDue");
    assess("OFFICE_HOURS");
    world.join("INC-2", "low");
    world.due("Event_NewsDue");
    world.due("Event_NewsDue");

    assertThat(world.task().getName())
        .as("INC-2 was known")
        .isEqualTo("Plan the fix in office hours INC-1");
  }

  @Test
  void whatBecomesCriticalDoesNotWaitUntilOfficeHours() {
    putOff();
    world.measure(0, NORMAL);
    world.report(Metric.CHECKSUM_ERRORS, 1);
    world.due("Event_NewsDue");

    assertThat(world.runs.requests).hasSize(1);
    assertThat(world.text("FIX_CANNOT_WAIT")).contains("rollback now");
  }

  @Test
  void anotherIncidentDoesNotWaitUntilOfficeHours() {
    putOff();
    world.join("INC-2", "critical");
    world.due("Event_NewsDue");

    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");
    assertThat(world.text("FIX_CANNOT_WAIT")).contains("INC-2 (critical)");
  }

  @Test
  void whatBecomesWorseAfterItWasPutOffHasAGraceOfItsOwn() {
    world.measure(0.002, NORMAL);
    world.start(false);
    world.measureFor(Duration.ofHours(4), 0.002);
    world.due("Event_EvaluationDue");
    assess("OFFICE_HOURS");
    world.measureFor(Duration.ofMinutes(11), 0.06);
    world.due("Event_NewsDue");

    assertThat(world.task().getName()).isEqualTo("Try the fix INC-1");
    assertThat(world.runs.requests).isEmpty();
  }

  // ---- four eyes ----

  @Test
  void whoeverAnswersThatItIsRolledBackAsksForTheRollback() {
    world.start(false);
    world.answerAs(
        "olga", "Assess the incident", Map.of("incidentAnswer", "ROLL_BACK", "incidentReason", ""));

    assertThat(world.runs.requests).extracting(Runs.Request::requestedBy).containsExactly("olga");
  }

  @Test
  void theReporterAsksForWhatTheCriteriaCallFor() {
    startCritical();

    assertThat(world.runs.requests)
        .extracting(Runs.Request::requestedBy)
        .containsExactly("monitoring");
  }

  // ---- no way back ----

  @Test
  void aWayThatOpensEndsTheChoiceOfAContingencyPlan() {
    world.wayBack(State.CLOSED);
    startCritical();
    world.due("Event_ChoiceOpen");
    assertThat(world.task().getName()).isEqualTo("Choose contingency plan INC-1");

    world.wayBack(State.OPEN);
    world.due("Event_ChoiceOpen");
    assertThat(world.asks()).isFalse();
    assertThat(world.runs.requests).hasSize(1);
  }

  @Test
  void aWayThatOpensIsGoneAlsoWhenPeopleAskedForIt() {
    world.wayBack(State.UNKNOWN);
    world.start(false);
    world.answerAs(
        "olga", "Assess the incident", Map.of("incidentAnswer", "ROLL_BACK", "incidentReason", ""));
    world.wayBack(State.OPEN);
    world.due("Event_ChoiceOpen");

    assertThat(world.runs.requests).extracting(Runs.Request::requestedBy).containsExactly("olga");
  }

  @Test
  void whatRecoversNeedsNoContingencyPlan() {
    world.wayBack(State.CLOSED);
    startCritical();
    recovers();
    world.due("Event_ChoiceOpen");

    assertThat(world.endedAs()).isEqualTo("Normal operation");
  }

  @Test
  void whoRolledBackByHandSaysSoAndIsNotAskedForAContingencyPlanAgain() {
    world.wayBack(State.CLOSED);
    startCritical();
    assertThat(world.taskVariable("waysBack").toString()).contains("No way back is open");
    world.answer(
        "Choose contingency plan",
        Map.of("contingencyAnswer", "NOT_NEEDED", "contingencyReason", "rolled back by hand"));
    world.due("Event_LookDue");

    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");
  }

  @Test
  void saysWhenNobodyCanTellWhetherAWayIsOpen() {
    world.wayBack(State.UNKNOWN);
    startCritical();

    assertThat(world.taskVariable("waysBack").toString()).contains("Nobody can tell");
  }
}

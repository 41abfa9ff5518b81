package dev.repli.triage.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence;
import dev.repli.plan.Metric;
import dev.repli.reversibility.State;
import dev.repli.run.Runs;
import dev.repli.runbook.RunbookEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a triage waits for, what becomes worse or better meanwhile is seen. */
class TriageLooksAgainTest {
  private static final double NORMAL = 100;

  /** Events that only these tests pass. */
  static final Set<String> PASSED =
      Set.of(
          "IncidentContingencyProcess/Event_NothingToChoose",
          "IncidentOfficeHoursProcess/Event_CannotWait",
          "IncidentOfficeHoursProcess/Event_NewsDue",
          "IncidentRollbackProcess/Event_NotCalledFor",
          "IncidentTriageProcess/Event_CannotWait");

  private static RunbookEngine engine;
  private TriageWorld world;

  @BeforeAll
  static void startEngine() {
    engine = new RunbookEngine("triage", TriageWorld.BORROWED, List.of());
  }

  @AfterAll
  static void passesTheseEvents() {
    try (RunbookEngine closing = engine) {
      assertThat(closing.neverReached()).doesNotContainAnyElementsOf(PASSED);
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

  private void assess(String answer) {
    world.answer("Assess the incident", Map.of("incidentAnswer", answer, "incidentReason", "seen"));
  }

  private void startCritical() {
    world.measure(0, NORMAL);
    world.report(Metric.CHECKSUM_ERRORS, 1);
    world.start(false);
  }

  private void recovers() {
    world.measure(0, NORMAL);
    world.report(Metric.CHECKSUM_ERRORS, 0);
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

  // ---- an automatic rollback ----

  @Test
  void whatRecoversDuringTheCountdownIsNotRolledBack() {
    world.approvedWithCutover();
    startCritical();
    recovers();
    world.due("Event_CountdownOver");

    assertThat(world.endedAs()).isEqualTo("Normal operation");
    assertThat(world.runs.requests).isEmpty();
  }

  @Test
  void metricsThatVanishDuringTheCountdownAskPeople() {
    world.approvedWithCutover();
    world.measure(0.9, NORMAL);
    world.measureFor(Duration.ofMinutes(6), 0.9);
    world.start(false);
    world.time.pass(Duration.ofMinutes(10));
    world.due("Event_CountdownOver");

    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");
    assertThat(world.runs.requests).isEmpty();
  }

  @Test
  void whatRecoversWhileAnotherRunWorksIsNotRolledBack() {
    world.approvedWithCutover();
    world.runs.busy(true);
    startCritical();
    world.due("Event_CountdownOver");
    assertThat(world.text("ROLLBACK_WAITS")).contains("other");
    world.runs.busy(false);
    recovers();
    world.due("Event_NextLook");

    assertThat(world.endedAs()).isEqualTo("Normal operation");
    assertThat(world.runs.requests).isEmpty();
  }

  @Test
  void whatPeopleAskedForStartsAlsoWhenTheCriteriaDoNotSaySo() {
    world.approvedWithCutover();
    world.start(false);
    world.answerAs(
        "olga", "Assess the incident", Map.of("incidentAnswer", "ROLL_BACK", "incidentReason", ""));
    world.due("Event_CountdownOver");

    assertThat(world.runs.requests).hasSize(1);
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

  // ---- the clock of the decision ----

  private void waitsForAnAnswer(Duration lasting, String look) {
    world.time.pass(lasting);
    world.due(look);
  }

  @Test
  void theClockOfTheDecisionBeginsAnewWithTheQuestionAfterAFix() {
    world.start(false);
    waitsForAnAnswer(Duration.ofMinutes(16), "Event_LookDue");
    assess("TRY_FIX");
    waitsForAnAnswer(Duration.ofMinutes(30), "Event_FixOverdue");
    waitsForAnAnswer(Duration.ofMinutes(14), "Event_LookDue");
    assertThat(world.milestones()).filteredOn("DECIDERS_REMINDED"::equals).hasSize(1);

    waitsForAnAnswer(Duration.ofMinutes(1), "Event_LookDue");
    assertThat(world.milestones()).filteredOn("DECIDERS_REMINDED"::equals).hasSize(2);
    waitsForAnAnswer(Duration.ofMinutes(15), "Event_LookDue");
    assertThat(world.milestones()).contains("DEPUTIES_CALLED");
  }

  @Test
  void evaluatingAgainDoesNotStopTheClock() {
    world.start(false);
    world.time.pass(Duration.ofMinutes(10));
    assess("EVALUATE_AGAIN");
    waitsForAnAnswer(Duration.ofMinutes(5), "Event_LookDue");

    assertThat(world.milestones()).contains("DECIDERS_REMINDED");
  }

  @Test
  void theClockBeginsAnewWhenARollbackWasStopped() {
    world.approvedWithCutover();
    startCritical();
    world.answer(
        "Stop the automatic rollback", Map.of("stopAnswer", "STOP", "stopReason", "planned load"));
    waitsForAnAnswer(Duration.ofMinutes(15), "Event_LookDue");

    assertThat(world.milestones()).contains("DECIDERS_REMINDED");
  }

  // ---- answers that came too late ----

  @Test
  void anAnswerThatTheEngineRefusesIsNoDecision() {
    world.approvedWithCutover();
    startCritical();
    world.answerInVain(Map.of("stopAnswer", "STOP", "stopReason", "planned load"));

    assertThat(world.evidence(Evidence.Decided.class)).isEmpty();
    assertThat(world.milestones()).doesNotContain("DECISION_TAKEN");
    assertThat(world.task().getName()).isEqualTo("Stop the automatic rollback INC-1");
  }
}

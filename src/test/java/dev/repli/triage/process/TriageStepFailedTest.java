package dev.repli.triage.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.reversibility.State;
import dev.repli.triage.process.TriageWorld.Gone;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.junit.jupiter.api.Test;

/** A step that fails at all its tries asks people, wherever in the triage it is, and only once. */
class TriageStepFailedTest extends TriageTest {
  /** Events that these tests pass. */
  static final Set<String> PASSED =
      Set.of(
          "IncidentAssessmentProcess/Event_NobodyAnswered",
          "IncidentAssessmentProcess/Event_StepFailed",
          "IncidentContingencyProcess/Event_EvaluationFailed",
          "IncidentContingencyProcess/Event_MeasuringFailed",
          "IncidentContingencyProcess/Event_NobodyAnswered",
          "IncidentGraceProcess/Event_NobodyAnswered",
          "IncidentGraceProcess/Event_StepFailed",
          "IncidentOfficeHoursProcess/Event_NobodyAnswered",
          "IncidentOfficeHoursProcess/Event_StepFailed",
          "IncidentFailedStepProcess/Event_ContingencyPlan",
          "IncidentFailedStepProcess/Event_NobodyAnswered",
          "IncidentFailedStepProcess/Event_SkipStep",
          "IncidentFailedStepProcess/Event_StepFailed",
          "IncidentFailedStepProcess/Event_TryAgain",
          "IncidentStepProcess/Event_StepFailed",
          "IncidentStepProcess/Event_StepSkipped",
          "IncidentTriageProcess/Event_LeftToPeople",
          "IncidentTriageProcess/Event_StepGivenUp");

  TriageStepFailedTest() {
    super(PASSED);
  }

  private void skip() {
    decide("SKIP");
    world.answerTaskAs("lead", SKIPPING, Map.of("skipAnswer", "approve", "skipReason", "known"));
  }

  // ---- the beginning ----

  @Test
  void asksPeopleAndGoesOnWhenTheyMendedIt() {
    world.measure(0, NORMAL);
    world.gone = Gone.TABLE;
    world.start(false);

    assertThat(world.tasks()).containsExactly(FAILED);
    assertThat(world.taskVariable("step")).isEqualTo("record the incident");
    assertThat(world.taskVariable("stepError")).isEqualTo("killed at a look without its TABLE");
    assertThat(world.taskVariable("stepHint")).asString().contains("after 5 minutes");
    assertThat(world.taskVariable("incidentText")).asString().startsWith("**Incident**");
    assertThatThrownBy(() -> decide("GO_BACK"))
        .isInstanceOf(FormFieldValidationException.class)
        .hasMessageContaining("changes nothing on any node");

    world.gone = Gone.NOTHING;
    decide("TRY_AGAIN");
    assertThat(world.endedAs()).isEqualTo("Normal operation");
  }

  @Test
  void isToldOnceAndTriedAgainWhileNobodyAnswers() {
    world.measure(0, NORMAL);
    world.gone = Gone.TABLE;
    world.start(false);
    world.due("Event_NobodyAnswered");
    assertThat(world.tasks()).as("asked again").containsExactly(FAILED);
    assertThat(world.text("STEP_STANDS")).contains("record the incident", "every 5 min");
    assertThat(world.milestones()).filteredOn("STEP_STANDS"::equals).hasSize(1);

    world.time.pass(Duration.ofMinutes(31));
    world.due("Event_NobodyAnswered");
    assertThat(world.milestones()).filteredOn("STEP_STANDS"::equals).hasSize(2);

    world.measure(0, NORMAL);
    world.gone = Gone.NOTHING;
    world.due("Event_NobodyAnswered");
    assertThat(world.endedAs()).isEqualTo("Normal operation");
  }

  @Test
  void whatIsSkippedAtTheBeginningIsAssessedByPeople() {
    critical();
    world.gone = Gone.TABLE;
    world.start(false);
    skip();
    assertThat(world.taskVariable("step")).isEqualTo("evaluate the criteria");
    skip();

    assertThat(world.tasks()).containsExactly("Assess the incident INC-1");
    assertThat(world.taskVariable("verdictText")).asString().contains("could not be evaluated");
    assertThat(world.runs.requests).isEmpty();
  }

  @Test
  void endsWhenPeopleTakeOver() {
    world.gone = Gone.TABLE;
    world.start(false);
    decide("CONTINGENCY");

    assertThat(world.endedAs()).isEqualTo("Contingency plan chosen");
  }

  // ---- looks while people work ----

  @Test
  void theGraceAsksOnceAndLooksOnAfterwards() {
    world.measure(0.06, NORMAL);
    world.measureFor(Duration.ofMinutes(11), 0.06);
    world.start(false);
    world.gone = Gone.TABLE;
    world.due("Event_EvaluationDue");
    assertThat(world.tasks()).containsExactly(FAILED, "Try the fix INC-1");
    assertThat(world.runs("Event_EvaluationDueAgain")).as("no second look beside it").isFalse();
    world.due("Event_NobodyAnswered");
    assertThat(world.tasks()).containsExactly(FAILED, "Try the fix INC-1");

    world.gone = Gone.NOTHING;
    world.due("Event_NobodyAnswered");
    assertThat(world.tasks()).containsExactly("Try the fix INC-1");
    world.measureFor(Duration.ofSeconds(30), 0);
    world.due("Event_EvaluationDue");
    assertThat(world.endedAs()).isEqualTo("Normal operation");
  }

  @Test
  void whoeverAnswersTheQuestionEndsTheOtherOneWithIt() {
    world.measure(0.06, NORMAL);
    world.measureFor(Duration.ofMinutes(11), 0.06);
    world.start(false);
    world.gone = Gone.TABLE;
    world.due("Event_EvaluationDue");
    world.gone = Gone.NOTHING;
    world.answerTask("Try the fix INC-1", Map.of("fixAnswer", "NOT_FIXED", "fixReason", ""));

    assertThat(world.tasks()).containsExactly("Assess the incident INC-1");
  }

  @Test
  void theAssessmentGoesOnWhileALookFails() {
    world.start(false);
    world.gone = Gone.TABLE;
    world.due("Event_LookDue");
    assertThat(world.tasks()).containsExactly("Assess the incident INC-1", FAILED);
    world.due("Event_NobodyAnswered");
    world.gone = Gone.NOTHING;
    world.measure(0, NORMAL);
    decide("TRY_AGAIN");

    assertThat(world.endedAs()).isEqualTo("Normal operation");
  }

  @Test
  void peopleCanTakeOverInTheMiddleOfAQuestion() {
    world.start(false);
    world.gone = Gone.TABLE;
    world.due("Event_LookDue");
    decide("CONTINGENCY");

    assertThat(world.endedAs()).isEqualTo("Contingency plan chosen");
  }

  @Test
  void whatWasPutOffIsLookedAtAgainAfterALookFailed() {
    world.reported("low");
    world.start(false);
    assess("OFFICE_HOURS");
    world.gone = Gone.TABLE;
    world.due("Event_NewsDue");
    assertThat(world.tasks()).containsExactly(FAILED, "Plan the fix in office hours INC-1");
    decide("SKIP");
    assertThat(world.tasks()).as("a look is not skipped").contains(FAILED);

    world.gone = Gone.NOTHING;
    world.due("Event_NobodyAnswered");
    world.join("INC-2", "critical");
    world.due("Event_NewsDue");
    assertThat(world.tasks()).containsExactly("Assess the incident INC-1");
  }

  // ---- before and after a rollback ----

  @Test
  void aContingencyPlanIsStillToBeChosenAfterLooksFailed() {
    world.wayBack(State.CLOSED);
    startCritical();
    String question = "Choose contingency plan INC-1";
    world.gone = Gone.METER;
    world.due("Event_ChoiceOpen");
    assertThat(world.tasks()).containsExactly(question, FAILED);
    world.gone = Gone.TABLE;
    world.due("Event_NobodyAnswered");
    assertThat(world.tasks()).containsExactly(question, FAILED);

    world.gone = Gone.NOTHING;
    world.wayBack(State.OPEN);
    decide("TRY_AGAIN");
    assertThat(world.runs.requests).hasSize(1);
  }

  @Test
  void waysBackAndTheStartOfTheRollbackAskPeople() {
    critical();
    world.gone = Gone.METER;
    world.start(false);
    assertThat(world.taskVariable("step")).isEqualTo("measure the ways back");

    world.gone = Gone.NOTHING;
    world.runs.closed(true);
    decide("TRY_AGAIN");
    assertThat(world.taskVariable("step")).isEqualTo("start the rollback");
    decide("SKIP");
    assertThat(world.tasks()).as("not skipped").containsExactly(FAILED);

    world.runs.closed(false);
    decide("TRY_AGAIN");
    world.due("Event_NextLook");
    assertThat(world.runs.requests).hasSize(1);

    world.runs.away(true);
    world.due("Event_NextLook");
    assertThat(world.taskVariable("step")).isEqualTo("look at the rollback");
    world.runs.away(false);
    world.runs.ended(TriageWorld.ROLLBACK, "Rolled back to source");
    decide("TRY_AGAIN");
    assertThat(world.endedAs()).isEqualTo("Rolled back to source");
    assertThat(world.runs.requests).as("never a second one").hasSize(1);
  }

  @Test
  void noRollbackStartsByItselfWhenTheLastLookIsSkipped() {
    world.approvedWithCutover();
    startCritical();
    world.gone = Gone.TABLE;
    world.due("Event_CountdownOver");
    assertThat(world.tasks()).containsExactly(FAILED);
    skip();

    assertThat(world.runs.requests).isEmpty();
    assertThat(world.tasks()).as("the next evaluation fails, too").containsExactly(FAILED);
  }
}

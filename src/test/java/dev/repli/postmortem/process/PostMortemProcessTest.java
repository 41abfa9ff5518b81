package dev.repli.postmortem.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.postmortem.PastRollback;
import dev.repli.postmortem.PostMortem;
import dev.repli.runbook.RunbookEngine;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The model on a real engine. Together these tests pass every end event and every boundary event;
 * the last check sees to it.
 */
class PostMortemProcessTest {
  private static final String WRITE = "Write the post-mortem";
  private static final String ACCEPT = "Accept the post-mortem";
  private final String day = LocalDate.now(ZoneOffset.UTC).plusDays(7).toString();
  private static RunbookEngine engine;
  private PostMortemWorld world;

  @BeforeAll
  static void startEngine() {
    engine = new RunbookEngine("postmortem", List.of("rollback/FailedStepProcess.bpmn"), List.of());
  }

  @AfterAll
  static void reachesEveryEvent() {
    try (RunbookEngine closing = engine) {
      assertThat(closing.neverReached()).as("events that no test has reached").isEmpty();
    }
  }

  @BeforeEach
  void makeWorld() {
    world = new PostMortemWorld(engine.engine, engine.beans);
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  private static Map<String, Object> written(String answer, String actions) {
    Map<String, Object> words = new HashMap<>();
    words.put("why1", "the disk was full ${7*7}");
    words.put("impact", "an hour without a checkout");
    words.put("actionLines", actions);
    words.put("postMortemAnswer", answer);
    return words;
  }

  private void write(String answer, String actions) {
    world.answer(WRITE, written(answer, actions));
  }

  private void accept(String answer, String reason) {
    world.answer(ACCEPT, Map.of("acceptanceAnswer", answer, "acceptanceReason", reason));
  }

  @Test
  void draftsAtOnceAndAsksPeopleWithin48Hours() {
    world.start(false);

    assertThat(world.kept())
        .hasValueSatisfying(draft -> assertThat(draft.state()).isEqualTo(PostMortem.State.DRAFT));
    assertThat(world.milestones()).containsExactly("POST_MORTEM_DRAFTED");
    assertThat(world.task().getDueDate())
        .isEqualTo(Date.from(world.past.time.instant().plus(Duration.ofDays(2))));
    assertThat(world.taskVariable("measuredTimes"))
        .asString()
        .contains("to roll back: **4 min 0 s**");
  }

  @Test
  void publishesWhatAnotherPersonAccepts() {
    world.start(false);
    world.as("ann");
    write("READY", "");
    world.as("lead");
    accept("ACCEPT", "");

    assertThat(world.endedAs()).isEqualTo("Post-mortem published, actions ended");
    assertThat(world.kept())
        .hasValueSatisfying(
            made -> {
              assertThat(made.state()).isEqualTo(PostMortem.State.FINAL);
              assertThat(made.markdown()).contains("Written by ann, accepted by lead");
              assertThat(made.html()).contains("the disk was full ${7*7}");
            });
    assertThat(world.milestones())
        .containsExactly(
            "POST_MORTEM_DRAFTED", "POST_MORTEM_WRITTEN", "POST_MORTEM_PUBLISHED", "ANNOUNCED");
  }

  @Test
  void isNotAcceptedByWhoWroteIt() {
    world.start(false);
    world.as("ann");
    write("READY", "");

    assertThatThrownBy(() -> accept("ACCEPT", ""))
        .isInstanceOf(AuthorizationException.class)
        .hasMessageContaining("somebody else has to accept it");
    assertThat(world.task().getName()).startsWith(ACCEPT);
  }

  @Test
  void goesBackWithWhatWasWritten() {
    world.start(false);
    world.as("ann");
    write("LATER", "not yet a line");
    assertThat(world.taskVariable("why1")).isEqualTo("the disk was full ${7*7}");
    write("READY", "");
    world.as("lead");
    assertThatThrownBy(() -> accept("SEND_BACK", ""))
        .isInstanceOf(FormFieldValidationException.class);
    accept("SEND_BACK", "which disk?");

    assertThat(world.task().getName()).startsWith(WRITE);
    assertThat(world.taskVariable("why1")).isEqualTo("the disk was full ${7*7}");
  }

  @Test
  void refusesWhatCannotBeKeptOrRead() {
    world.start(false);
    assertThatThrownBy(() -> write("READY", "somebody should do something"))
        .isInstanceOf(FormFieldValidationException.class)
        .hasMessageContaining("\"Actions\" (actionLines): action 1 has to be: owner");
    assertThatThrownBy(() -> write("LATER", "x".repeat(100_000)))
        .isInstanceOf(FormFieldValidationException.class)
        .hasMessageContaining("100000 characters");
    assertThatThrownBy(() -> world.answer(WRITE, Map.of("postMortemAnswer", "READY", "why1", " ")))
        .isInstanceOf(FormFieldValidationException.class)
        .hasMessageContaining("at least one why");
    assertThat(world.milestones()).containsExactly("POST_MORTEM_DRAFTED");
  }

  @Test
  void eachActionIsATaskOfItsOwner() {
    world.start(false);
    world.as("ann");
    write("READY", "ann | " + day + " | alert on a full disk\nbob | " + day + " | ${7*7} *bold*");
    world.as("lead");
    accept("ACCEPT", "");

    List<Task> tasks = world.tasks();
    assertThat(tasks)
        .extracting(Task::getName)
        .containsExactly(
            "Action " + PostMortemWorld.KEY + ": ${7*7} *bold*",
            "Action " + PostMortemWorld.KEY + ": alert on a full disk");
    assertThat(tasks.get(1).getDueDate()).isNotNull();
    assertThat(engine.engine.getTaskService().createTaskQuery().taskCandidateUser("bob").count())
        .isEqualTo(1);
    world.completeTask(
        tasks.get(0), Map.of("actionAnswer", "NOT_NEEDED", "actionReason", "replaced"));
    world.completeTask(tasks.get(1), Map.of("actionAnswer", "DONE", "actionReason", ""));

    assertThat(world.actionStates()).containsExactly("done", "not needed");
    assertThat(world.endedAs()).isEqualTo("Post-mortem published, actions ended");
  }

  @Test
  void isAboutARollbackOfThisPlanThatHasEnded() {
    assertThatThrownBy(() -> world.startAnother("mine", PastRollback.INCIDENT.value(), false))
        .isInstanceOf(BadUserRequestException.class)
        .hasMessageContaining("INC-1 is none of shop");
    assertThatThrownBy(() -> world.startAnother("mine", "nobody", false))
        .isInstanceOf(BadUserRequestException.class);
    assertThatThrownBy(() -> world.startAnother("mine", "", false))
        .isInstanceOf(BadUserRequestException.class);
    assertThat(world.ended()).isTrue();
  }

  @Test
  void isWrittenInOneRunOnly() {
    world.start(false);
    world.as("ann");
    write("READY", "bob | " + day + " | an alert");
    world.as("lead");
    accept("ACCEPT", "");
    Optional<PostMortem> accepted = world.kept();

    assertThatThrownBy(() -> world.startAnother("mine", PastRollback.ROLLBACK.value(), false))
        .isInstanceOf(BadUserRequestException.class)
        .hasMessageContaining("is written in run " + PostMortemWorld.KEY);
    world.startAnother("dry", PastRollback.ROLLBACK.value(), true);
    assertThat(world.kept()).isEqualTo(accepted);
    assertThat(world.actionStates()).containsExactly("open");
  }

  @Test
  void remindsTwiceAndThenCallsTheManagement() {
    world.start(false);
    world.due("Event_FirstReminderDue");
    world.due("Event_LastReminderDue");
    world.due("Event_Overdue");

    assertThat(world.milestones())
        .containsExactly(
            "POST_MORTEM_DRAFTED",
            "POST_MORTEM_FIRST_REMINDER",
            "ANNOUNCED",
            "POST_MORTEM_LAST_REMINDER",
            "ANNOUNCED",
            "POST_MORTEM_OVERDUE",
            "ANNOUNCED");
    assertThat(world.text("POST_MORTEM_OVERDUE")).contains("escalated to the lead");
    assertThat(world.task().getName()).startsWith(WRITE);
  }

  @Test
  void endsWhenPeopleAbandonIt() {
    world.start(false);
    world.abort();

    assertThat(world.endedAs()).isEqualTo("Post-mortem abandoned");
  }

  @Test
  void aDryRunOnlyMeasures() {
    world.start(true);

    assertThat(world.endedAs()).isEqualTo("Dry run finished");
    assertThat(world.kept()).isEmpty();
    assertThat(world.text("POST_MORTEM_DRAFTED")).startsWith("Would keep a draft");
  }

  private static final String FAILED =
      "Decide on failed step " + PostMortemWorld.KEY + ", post-mortem";

  private void decide(String answer) {
    assertThat(world.task().getName()).isEqualTo(FAILED);
    world.completeTask(
        world.task(), Map.of("failedStepAnswer", answer, "failedStepReason", "looked at it"));
  }

  @Test
  void asksPeopleWhenTheDraftFailsAtItsLastTry() {
    world.kept.full = true;
    world.start(false);

    assertThat(world.taskVariable("stepError")).isEqualTo("killed at a full disk");
    assertThat(world.taskVariable("stepHint")).asString().contains("has room");
    assertThat(world.taskVariable("incidentText")).asString().startsWith("**Post-mortem**");
    assertThat(world.milestones()).containsExactly("STEP_FAILED");
    assertThatThrownBy(() -> decide("GO_BACK"))
        .isInstanceOf(FormFieldValidationException.class)
        .hasMessageContaining("not possible any more");
    assertThat(engine.engine.getRuntimeService().createIncidentQuery().count())
        .as("left to nobody")
        .isZero();

    world.kept.full = false;
    decide("TRY_AGAIN");

    assertThat(world.task().getName()).startsWith(WRITE);
    assertThat(world.milestones()).containsExactly("STEP_FAILED", "POST_MORTEM_DRAFTED");
  }

  @Test
  void isLeftToPeopleWhenItCannotBePublished() {
    world.start(false);
    world.as("ann");
    write("READY", "");
    world.kept.full = true;
    world.as("lead");
    accept("ACCEPT", "");
    decide("SKIP");
    decide("CONTINGENCY");

    assertThat(world.endedAs()).isEqualTo("Post-mortem left to people");
    assertThat(world.kept())
        .hasValueSatisfying(made -> assertThat(made.state()).isEqualTo(PostMortem.State.WRITTEN));
  }

  @Test
  void aReminderThatFailsCanBeSkippedAndHoldsNobodyUp() {
    world.start(false);
    world.reminders.closed = true;
    world.due("Event_FirstReminderDue");

    assertThat(world.tasks())
        .extracting(Task::getName)
        .containsExactly(FAILED, WRITE + " " + PostMortemWorld.KEY);
    world.completeTask(
        world.tasks().get(0), Map.of("failedStepAnswer", "SKIP", "failedStepReason", "told them"));
    world.completeTask(
        world.tasks().get(0), Map.of("skipAnswer", "approve", "skipReason", "they know"));

    assertThat(world.task().getName()).startsWith(WRITE);
    assertThat(world.passed("Event_WritersCalled")).isTrue();
  }
}

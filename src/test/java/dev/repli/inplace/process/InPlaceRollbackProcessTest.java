package dev.repli.inplace.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.runbook.RunbookEngine;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InPlaceRollbackProcessTest {
  private static final Map<String, Object> APPROVED =
      Map.of("rollbackAnswer", "approve", "rollbackReason", "");
  private static final Map<String, Object> APPROVED_TOO =
      Map.of("secondRollbackAnswer", "approve", "secondRollbackReason", "");
  private static RunbookEngine engine;
  private InPlaceWorld world;

  @BeforeAll
  static void startEngine() {
    engine =
        new RunbookEngine(
            "inplace",
            List.of("rollback/FailedStepProcess.bpmn", "rollback/RollbackApprovalProcess.bpmn"),
            List.of("stub/InPlaceAroundIt.bpmn"));
  }

  @AfterAll
  static void reachesEveryEvent() {
    try (RunbookEngine closing = engine) {
      assertThat(closing.neverReached()).as("events that no test has reached").isEmpty();
    }
  }

  @BeforeEach
  void makeWorld() {
    world = new InPlaceWorld(engine.engine, engine.beans);
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  private static Map<String, Object> confirm(String answer, String typed) {
    return Map.of(
        "inPlaceAnswer",
        answer,
        "inPlaceTyped",
        typed,
        "inPlaceReason",
        "orders can be sent again");
  }

  private void confirmed(String answer) {
    world.start(false);
    world.works("INSPECT");
    world.answer("Confirm in-place rollback", confirm(answer, InPlaceWorld.NODE));
    world.works("CHOOSE_END");
    world.answer("Approve rollback", APPROVED);
    world.answerSecond(APPROVED_TOO);
  }

  private void decide(String answer) {
    world.answer("Decide on failed step", Map.of("failedStepAnswer", answer));
  }

  @Test
  void goesThroughItsStepsInTheirOrder() {
    confirmed("APPLY");
    assertThat(world.chosen()).isEqualTo("APPLY");
    world.works("RESTORE", "STOP", "SWAP", "SWITCH_VERSION", "START", "RECOVER", "DELTA", "OPEN");

    assertThat(world.result()).isEqualTo("Went back");
  }

  @Test
  void showsWhatIsLostAndTellsTheStepsWhatPeopleGaveUp() {
    world.start(false);
    world.works("INSPECT");
    assertThat(world.taskVariable("inPlaceText")).isEqualTo("7 transactions since the upgrade");
    world.answer("Confirm in-place rollback", confirm("ABANDON", InPlaceWorld.NODE));
    world.works("CHOOSE_END");
    assertThat(world.taskVariable("lossText"))
        .isEqualTo("given up: 0 before the upgrade, then ABANDON");
    assertThat((String) world.taskVariable("strategyText")).contains("up to the upgrade");
    assertThat((String) world.taskVariable("strategyText")).endsWith("is given up");
    assertThat(world.taskVariable("estimate")).isEqualTo("62 s, then nobody can write");
    world.answer("Approve rollback", APPROVED);
    assertThat((String) world.taskVariable("strategyText")).endsWith("is given up");
    assertThat(world.worksStill()).as("before the second person").isFalse();
    world.answerSecond(APPROVED_TOO);

    assertThat(world.chosen()).isEqualTo("ABANDON");
  }

  @Test
  void cancelsBeforeAnythingIsTouched() {
    world.start(false);
    world.works("INSPECT");
    world.answer("Confirm in-place rollback", confirm("CANCEL", ""));

    assertThat(world.result()).isEqualTo("Rollback cancelled");
  }

  @Test
  void refusesAConfirmationForAnotherNode() {
    world.start(false);
    world.works("INSPECT");

    assertThatThrownBy(
            () -> world.answer("Confirm in-place rollback", confirm("APPLY", "db1.example:3306")))
        .isInstanceOf(FormFieldValidationException.class)
        .hasMessageContaining("(inPlaceTyped) has to be " + InPlaceWorld.NODE);
    assertThat(world.task().getName()).isEqualTo("Confirm in-place rollback INC-1");
  }

  @Test
  void refusesToGiveUpWritesWithoutAReason() {
    world.start(false);
    world.works("INSPECT");

    assertThatThrownBy(
            () ->
                world.answer(
                    "Confirm in-place rollback",
                    Map.of("inPlaceAnswer", "ABANDON", "inPlaceTyped", InPlaceWorld.NODE)))
        .hasMessageContaining("needs a reason");
  }

  @Test
  void asksAgainWhenOneOfTwoPeopleSaysNo() {
    world.start(false);
    world.works("INSPECT");
    world.answer("Confirm in-place rollback", confirm("APPLY", InPlaceWorld.NODE));
    world.works("CHOOSE_END");
    assertThat((String) world.taskVariable("strategyText")).endsWith("is written again");
    world.answer("Approve rollback", APPROVED);
    world.writtenSince = 9;
    world.answerSecond(
        Map.of("secondRollbackAnswer", "reject", "secondRollbackReason", "wait for the morning"));

    assertThat(world.task().getName()).isEqualTo("Confirm in-place rollback INC-1");
    assertThat(world.taskVariable("inPlaceTyped")).as("a new form is empty").isNull();
    assertThat(world.taskVariable("inPlaceText")).isEqualTo("9 transactions since the upgrade");
    world.answer("Confirm in-place rollback", confirm("ABANDON", InPlaceWorld.NODE));
    world.fails("CHOOSE_END", "the logs were purged");
    assertThat(world.task().getName()).isEqualTo("Confirm in-place rollback INC-1");
  }

  @Test
  void asksPeopleWhenNothingCanBeShownAndLetsNobodyApproveThat() {
    world.start(false);
    world.silent = "db2 does not answer";
    world.works("INSPECT");
    assertThat(world.task().getName()).isEqualTo("Confirm in-place rollback INC-1");
    assertThat((String) world.taskVariable("inPlaceText"))
        .contains("Nobody can tell now what will be lost", "db2 does not answer");
    String node = (String) world.taskVariable("inPlaceNode");
    world.answer("Confirm in-place rollback", confirm("APPLY", node));
    world.works("CHOOSE_END");
    assertThat(world.task().getName()).isEqualTo("Confirm in-place rollback INC-1");
    assertThat((String) world.taskVariable("inPlaceEndError")).contains("db2 does not answer");

    world.silent = "";
    world.answer("Confirm in-place rollback", confirm("APPLY", node));
    world.works("CHOOSE_END");
    assertThat(world.task().getName()).startsWith("Approve rollback");
  }

  @Test
  void undoesWhatWasBegunWhenPeopleGoBackBeforeTheVersionSwitch() {
    confirmed("APPLY");
    world.works("RESTORE", "STOP");
    world.fails("SWAP", "no permission");
    assertThat(world.taskVariable("stepError")).isEqualTo("no permission");
    decide("GO_BACK");
    world.fails("UNDO", "does not start");
    decide("GO_BACK");
    world.works("UNDO");

    assertThat(world.result()).isEqualTo("Rollback undone");
  }

  @Test
  void staysWithPeopleWhenAStepAfterTheVersionSwitchFails() {
    confirmed("APPLY");
    world.works("RESTORE", "STOP", "SWAP");
    world.switched = "the release before is in place already";
    world.fails("SWITCH_VERSION", "packages");
    decide("GO_BACK");
    assertThat((String) world.taskVariable("stepError"))
        .contains("cannot be undone any more", "in place already");
    decide("TRY_AGAIN");
    world.works("SWITCH_VERSION");
    world.fails("START", "permissions");
    assertThatThrownBy(() -> decide("GO_BACK"))
        .hasMessageContaining("(GO_BACK) is not possible any more: the release before is in place");
    decide("TRY_AGAIN");
    world.works("START");
    world.fails("RECOVER", "ERROR 1193");
    decide("CONTINGENCY");

    assertThat(world.result()).isEqualTo("Handed to contingency plan");
  }

  private static Map<String, Object> onDelta(String answer) {
    return Map.of("failedDeltaAnswer", answer, "failedDeltaReason", "a table of vectors");
  }

  private void theDeltaFails() {
    confirmed("APPLY");
    world.works("RESTORE", "STOP", "SWAP", "SWITCH_VERSION", "START", "RECOVER");
    world.fails("DELTA", "ERROR 1064 near VECTOR");
    assertThat(world.taskVariable("stepError")).isEqualTo("ERROR 1064 near VECTOR");
  }

  @Test
  void goesOnWithoutTheRestOfTheDeltaWhenTwoPeopleGiveItUp() {
    theDeltaFails();
    assertThat(world.taskVariable("inPlaceRestText")).isEqualTo("3 transactions are left");
    world.answer("Decide on failed delta", onDelta("GIVE_UP"));
    assertThat(world.taskVariable("lossText")).isEqualTo("3 transactions are left");
    assertThat(world.taskVariable("assessmentReason")).isEqualTo("a table of vectors");
    assertThat((String) world.taskVariable("strategyText")).contains("the rest", "is given up");
    world.answer("Approve rollback", APPROVED);
    assertThat(world.worksStill()).as("before the second person").isFalse();
    world.answerSecond(APPROVED_TOO);
    assertThat(world.wanted("inPlaceRest")).isEqualTo("GIVE_UP");
    world.works("DELTA", "OPEN");

    assertThat(world.result()).isEqualTo("Went back");
  }

  @Test
  void givesNothingUpUntilTwoPeopleHaveApprovedIt() {
    theDeltaFails();
    world.answer("Decide on failed delta", onDelta("GIVE_UP"));
    world.answer(
        "Approve rollback",
        Map.of("rollbackAnswer", "reject", "rollbackReason", "mend the table first"));
    assertThat(world.task().getName()).isEqualTo("Decide on failed delta INC-1");
    assertThat(world.taskVariable("failedDeltaAnswer")).as("a new form is empty").isNull();
    world.answer("Decide on failed delta", onDelta("TRY_AGAIN"));
    assertThat(world.wanted("inPlaceRest")).isEqualTo("KEEP");
    world.fails("DELTA", "ERROR 1064 near VECTOR");
    world.answer("Decide on failed delta", onDelta("CONTINGENCY"));

    assertThat(world.result()).isEqualTo("Handed to contingency plan");
  }

  @Test
  void givesUpNothingThatNobodyHasCounted() {
    world.leftBehind = -1;
    theDeltaFails();
    assertThat((String) world.taskVariable("inPlaceRestText")).contains("cannot be told");

    assertThatThrownBy(() -> world.answer("Decide on failed delta", onDelta("GIVE_UP")))
        .hasMessageContaining("the server does not say what would be given up");
  }

  @Test
  void anAbortTakesTheWorkAway() {
    confirmed("APPLY");
    assertThat(world.worksStill()).isTrue();
    world.abort();

    assertThat(world.result()).isEqualTo("Rollback aborted");
    assertThat(world.worksStill()).isFalse();
  }

  @Test
  void dryRunWritesTheCommandsDownAndAsksNobody() {
    world.start(true);
    world.fails("INSPECT", "no backup");
    world.works("REHEARSE");

    assertThat(world.result()).isEqualTo("Went back");
  }
}

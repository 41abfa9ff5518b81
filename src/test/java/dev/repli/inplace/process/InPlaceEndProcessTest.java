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

/** People choose where the recovery of a rollback in place ends. */
class InPlaceEndProcessTest {
  private static final String QUESTION = "Confirm in-place rollback";
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
  static void stopEngine() {
    engine.close();
  }

  @BeforeEach
  void waitForAnAnswer() {
    world = new InPlaceWorld(engine.engine, engine.beans);
    world.start(false);
    world.works("INSPECT");
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  private static Map<String, Object> confirm(String answer, String end) {
    return Map.of(
        "inPlaceAnswer",
        answer,
        "inPlaceTyped",
        InPlaceWorld.NODE,
        "inPlaceReason",
        "the import at ten was wrong",
        "inPlaceEnd",
        end);
  }

  @Test
  void asksAgainAndSaysWhyWhenTheLogsDoNotHaveTheChosenEnd() {
    world.answer(QUESTION, confirm("ABANDON", "0-1-99"));
    assertThat(world.wanted("inPlaceEnd")).isEqualTo("0-1-99");
    world.fails("CHOOSE_END", "0-1-99 is not in the binary logs");

    assertThat(world.task().getName()).startsWith(QUESTION);
    assertThat(world.taskVariable("inPlaceEndError")).isEqualTo("0-1-99 is not in the binary logs");
    assertThat(world.taskVariable("inPlaceEndFound")).isEqualTo(false);
    assertThat(world.taskVariable("inPlaceEnd")).as("a new form is empty").isNull();
    world.answer(QUESTION, confirm("APPLY", ""));
    assertThat(world.wanted("inPlaceEnd")).isEmpty();
    world.works("CHOOSE_END");
    assertThat(world.task().getName()).startsWith("Approve rollback");
  }

  @Test
  void showsWithTheApprovalWhatTheChosenEndGivesUp() {
    world.chosenEnd = "up to 0-1-42 (bin.000002:560)";
    world.givenUp = 12;
    world.answer(QUESTION, confirm("ABANDON", "bin.000002:560"));
    world.works("CHOOSE_END");

    assertThat(world.taskVariable("strategyText"))
        .isEqualTo(
            "in place, up to 0-1-42 (bin.000002:560); what was written since the upgrade is given"
                + " up");
    assertThat((String) world.taskVariable("lossText")).contains("12 before the upgrade");
  }

  @Test
  void refusesAnEndThatCanBeNone() {
    assertThatThrownBy(() -> world.answer(QUESTION, confirm("ABANDON", "yesterday")))
        .isInstanceOf(FormFieldValidationException.class)
        .hasMessageStartingWith("\"Recover up to (empty: the upgrade)\" (inPlaceEnd): ")
        .hasMessageContaining("bin.000002:560")
        .hasMessageContaining("in UTC");
    assertThat(world.task().getName()).startsWith(QUESTION);
  }

  @Test
  void refusesToWriteAgainWhatBuildsOnWhatIsGivenUp() {
    assertThatThrownBy(() -> world.answer(QUESTION, confirm("APPLY", "0-1-42")))
        .isInstanceOf(FormFieldValidationException.class)
        .hasMessageContaining("leave the end empty, or answer ABANDON");
  }

  @Test
  void asksForNoEndWhenPeopleDoNotGoBack() {
    world.answer(QUESTION, confirm("CANCEL", "yesterday"));

    assertThat(world.result()).isEqualTo("Rollback cancelled");
  }
}

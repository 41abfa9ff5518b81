package dev.repli.logical.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.logical.DeltaLook.Seen;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.runbook.RunbookEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogicalRollbackProcessTest {
  private static final String CHOOSE = "Choose delta policy";
  private static RunbookEngine engine;
  private LogicalWorld world;

  @BeforeAll
  static void startEngine() {
    engine =
        new RunbookEngine(
            "logical",
            List.of("rollback/FailedStepProcess.bpmn", "rollback/RollbackApprovalProcess.bpmn"),
            List.of(
                "stub/WriterSwitchProcess.bpmn",
                "stub/DeltaConflictsProcess.bpmn",
                "stub/RollbackAroundIt.bpmn"));
  }

  @AfterAll
  static void reachesEveryEvent() {
    try (RunbookEngine closing = engine) {
      assertThat(closing.neverReached()).as("events that no test has reached").isEmpty();
    }
  }

  @BeforeEach
  void makeWorld() {
    world = new LogicalWorld(engine.engine, engine.beans);
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  private static Map<String, Object> choose(String answer) {
    return Map.of("deltaAnswer", answer, "deltaReason", "the shop decided so");
  }

  private void decide(String answer) {
    world.answer("Decide on failed step", Map.of("failedStepAnswer", answer));
  }

  @Test
  void bringsTheDeltaOverBeforeItMovesTheWriter() {
    world.start(false);
    world.works("EXTRACT");
    assertThat(world.taskVariable("deltaText")).isEqualTo("| app.orders | 3 | 2 | 1 |");
    world.answer(CHOOSE, choose("IMPORT"));
    world.works("IMPORT");
    world.works("CLOSE");

    assertThat(world.result()).isEqualTo("Went back");
    assertThat(world.milestones()).contains("DELTA_CHOSEN");
  }

  @Test
  void cancelsWhenPeopleSeeWhatItWouldBringOver() {
    world.start(false);
    world.works("EXTRACT");
    world.answer(CHOOSE, choose("CANCEL"));

    assertThat(world.result()).isEqualTo("Rollback cancelled");
    assertThat(world.milestones()).doesNotContain("DELTA_CHOSEN");
  }

  @Test
  void canOnlyBeCancelledWhereAStatementIsInTheWay() {
    world.seen = new Seen("**A statement is in the way: ddl in app**", 0, false);
    world.start(false);
    world.works("EXTRACT");
    for (String answer : List.of("IMPORT", "RECONCILE", "ABANDON")) {
      assertThatThrownBy(() -> world.answer(CHOOSE, choose(answer)))
          .hasMessageContaining("is not possible any more: a statement");
    }
    world.answer(CHOOSE, choose("CANCEL"));

    assertThat(world.result()).isEqualTo("Rollback cancelled");
    assertThat(world.milestones()).doesNotContain("DELTA_CHOSEN");
  }

  @Test
  void abandonsOnlyWhatTwoPeopleApproveToLose() {
    world.start(false);
    world.works("EXTRACT");
    world.answer(CHOOSE, choose("ABANDON"));
    world.answer("Approve rollback", Map.of("rollbackAnswer", "reject", "rollbackReason", "no"));
    world.answer(CHOOSE, choose("ABANDON"));
    world.answer("Approve rollback", Map.of("rollbackAnswer", "approve", "rollbackReason", ""));
    world.answerSecond(Map.of("secondRollbackAnswer", "approve", "secondRollbackReason", ""));
    world.works("IMPORT");
    world.works("CLOSE");

    assertThat(world.result()).isEqualTo("Went back");
  }

  private static Map<String, Object> tables(String answer, String lines, String reason) {
    return Map.of("deltaAnswer", answer, "deltaTables", lines, "deltaReason", reason);
  }

  @Test
  void peopleAnswerForEachTableAndTwoApproveTheOneThatIsAbandoned() {
    world.leavesToPeople(Map.of("app.log", "4 inserted: trigger", "app.odd", "1 updated: engine"));
    world.start(false);
    world.works("EXTRACT");
    assertThat(world.taskVariable("deltaTables")).isEqualTo("app.log = ?\napp.odd = ?");
    assertThat(world.taskVariable("deltaAsked")).isEqualTo(2L);
    String lines = "app.log = abandon\napp.odd = reconcile";
    world.answer(CHOOSE, tables("IMPORT", lines, "only a log"));
    assertThat((String) world.taskVariable("lossText"))
        .containsSubsequence("of 1 table are abandoned", "**abandoned:** app\\.log", "app\\.odd");
    assertThat(world.taskVariable("assessmentReason")).isEqualTo("only a log");
    world.answer("Approve rollback", Map.of("rollbackAnswer", "reject", "rollbackReason", "no"));
    assertThat(world.taskVariable("deltaTables")).as("as answered before").isEqualTo(lines);
    world.answer(CHOOSE, tables("IMPORT", lines, "only a log"));
    world.answer("Approve rollback", Map.of("rollbackAnswer", "approve", "rollbackReason", ""));
    world.answerSecond(Map.of("secondRollbackAnswer", "approve", "secondRollbackReason", ""));
    world.works("IMPORT");
    world.works("CLOSE");

    assertThat(world.result()).isEqualTo("Went back");
    assertThat(world.journal.newestMilestone(LogicalWorld.KEY, "DELTA_CHOSEN"))
        .hasValueSatisfying(
            entry ->
                assertThat(entry.evidence())
                    .hasFieldOrPropertyWithValue(
                        "facts",
                        Map.of("choice", "IMPORT", "app.log", "ABANDON", "app.odd", "RECONCILE")));
    assertThat(world.milestones()).contains("DELTA_TABLE_CHOSEN");
  }

  @Test
  void nobodyApprovesWhereEveryTableIsImported() {
    world.leavesToPeople(Map.of("app.odd", "1 updated: engine"));
    world.start(false);
    world.works("EXTRACT");
    world.answer(CHOOSE, tables("RECONCILE", "* = export-import", ""));
    world.works("IMPORT");
    world.works("CLOSE");

    assertThat(world.result()).isEqualTo("Went back");
  }

  @Test
  void refusesLinesThatDoNotSayWhatHappensToEachTable() {
    world.leavesToPeople(Map.of("app.log", "4 inserted", "app.odd", "1 updated"));
    world.start(false);
    world.works("EXTRACT");
    Map<String, Object> untouched = Map.of("deltaAnswer", "IMPORT");
    assertThatThrownBy(() -> world.answer(CHOOSE, untouched))
        .hasMessageContaining(
            "\"Tables that are left to you: what happens to each?\" (deltaTables): app.log, app.odd have");
    assertThatThrownBy(() -> world.answer(CHOOSE, tables("RECONCILE", "app.log = drop\n", "")))
        .hasMessageContaining("(deltaTables): line 1 'app.log = drop': 'drop' is no policy");
    assertThatThrownBy(() -> world.answer(CHOOSE, tables("IMPORT", "* = abandon", " ")))
        .hasMessageContaining(
            "app.log needs a reason in \"Why abandon these changes?\" (deltaReason)");
    assertThat(world.milestones()).doesNotContain("DELTA_CHOSEN");
    world.answer(CHOOSE, tables("CANCEL", "app.log = ?", ""));

    assertThat(world.result()).isEqualTo("Rollback cancelled");
  }

  @Test
  void doesNotMoveTheWriterWhileAChangeIsHeld() {
    world.start(false);
    world.works("EXTRACT");
    world.answer(CHOOSE, choose("RECONCILE"));
    world.seen = new Seen("1 held", 1);
    world.works("IMPORT");
    assertThat(world.taskVariable("importId")).isEqualTo("INC-1");
    world.answer("Resolve conflicts", Map.of());
    world.works("IMPORT");
    assertThat(world.task().getName()).isEqualTo("Resolve conflicts INC-1");
    world.seen = new Seen("nothing held", 0);
    world.answer("Resolve conflicts", Map.of());
    world.works("IMPORT");
    world.works("CLOSE");

    assertThat(world.result()).isEqualTo("Went back");
  }

  @Test
  void asksWhatToDoWithASourceThatIsNotSoundAndWithFailedWork() {
    world.source = new Findings(List.of(Finding.bad("stands", "source", "writable")));
    world.start(false);
    assertThat((String) world.taskVariable("stepError")).contains("writable");
    world.source = new Findings(List.of(Finding.good("stands", "source", "read only")));
    decide("TRY_AGAIN");
    world.fails("EXTRACT", "app.orders: ALTER TABLE");
    assertThat((String) world.taskVariable("stepError")).contains("ALTER TABLE");
    decide("TRY_AGAIN");
    world.unread = "db1: the sums do not add up";
    world.works("EXTRACT");
    assertThat((String) world.taskVariable("stepError")).contains("the sums do not add up");
    world.unread = "";
    decide("TRY_AGAIN");
    world.works("EXTRACT");

    assertThat(world.task().getName()).isEqualTo("Choose delta policy INC-1");
  }

  @Test
  void bringsOverWhatCameMeanwhileWhenTheSwitchWasUndone() {
    world.switches.add("UNDONE");
    world.start(false);
    world.works("EXTRACT");
    world.answer(CHOOSE, choose("IMPORT"));
    world.works("IMPORT");
    assertThat((String) world.taskVariable("stepError")).contains("pretended UNDONE");
    decide("TRY_AGAIN");
    world.works("IMPORT");
    world.works("CLOSE");

    assertThat(world.result()).isEqualTo("Went back");
  }

  @Test
  void endsWhenTheSwitchWasAborted() {
    world.switches.add("ABORTED");
    world.start(false);
    world.works("EXTRACT");
    world.answer(CHOOSE, choose("IMPORT"));
    world.works("IMPORT");

    assertThat(world.result()).isEqualTo("Switch aborted");
  }

  @Test
  void dryRunListsTheDeltaAroundTheSwitchAndAsksNobody() {
    world.start(true);

    assertThat(world.result()).isEqualTo("Went back");
    assertThat(world.listed).containsExactly("INC-1 IMPORT", "switch", "INC-1 CLOSE");
    assertThat(world.milestones()).doesNotContain("DELTA_CHOSEN");
  }
}

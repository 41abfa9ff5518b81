package dev.repli.cutover.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.NodeSession.FenceRisk;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.Measured;
import dev.repli.plan.Node;
import dev.repli.runbook.RunbookEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of the routes stand from the end of the drain until the switch, on no other way. */
class CutoverLimitsTest {
  private static final Map<String, Object> APPROVED =
      Map.of("cutoverAnswer", "approve", "cutoverReason", "");
  private static final int BEFORE = 1000;
  private static final int LOWERED = 10;

  private static RunbookEngine engine;
  private final AtomicInteger atTheSwitch = new AtomicInteger();
  private CutoverWorld world;

  @BeforeAll
  static void startEngine() throws Exception {
    engine =
        new RunbookEngine(
            "cutover",
            List.of("rollback/FailedStepProcess.bpmn"),
            List.of("stub/WriterSwitchProcess.bpmn"));
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @BeforeEach
  void makeWorld() {
    world = new CutoverWorld(engine.engine, engine.beans, List.of("verification"));
    world.writerSwitch.before(() -> atTheSwitch.compareAndSet(0, limit()));
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  private int limit() {
    return world.route.limit(Node.Role.SOURCE);
  }

  private void startAndApprove() {
    world.start(false);
    world.answer("Approve cutover", APPROVED);
  }

  private void decide(String answer) {
    world.answer("Decide on failed step", Map.of("failedStepAnswer", answer));
  }

  private void longWrite() {
    world
        .database
        .source()
        .risk(new FenceRisk(FenceRisk.Kind.LONG_TRANSACTION, false, "batch@10.0.0.9", "open 40 s"));
  }

  private List<String> restored() {
    return world.evidence(Measured.class).stream()
        .filter(seen -> seen.what().equals("limits restored"))
        .map(seen -> seen.value() + " " + seen.unit())
        .toList();
  }

  @Test
  void standWhileTheWriterMovesAndAreVerifiedToBeBack() {
    startAndApprove();

    assertThat(atTheSwitch).hasValue(LOWERED);
    assertThat(limit()).isEqualTo(BEFORE);
    assertThat(restored()).containsExactly("at most 1000 GOOD");
    assertThat(world.evidence(CommandRun.class))
        .extracting(CommandRun::command)
        .contains("fake limit SOURCE 10", "fake limit SOURCE 1000");
  }

  @Test
  void standForNobodyWhoWaitsBehindALongWrite() {
    world.start(false);
    longWrite();
    world.answer("Approve cutover", APPROVED);
    assertThat(limit()).isEqualTo(BEFORE);
    assertThat(world.route.sent()).isEmpty();

    world.database.source().noOpenTransactions();
    world.due("Event_NextLook");
    assertThat(atTheSwitch).hasValue(LOWERED);
  }

  @Test
  void areGivenBackWhileAWriteIsWaitedForThatSlippedIn() {
    world.route.beforeEachAct(
        () -> {
          if (limit() == BEFORE) {
            longWrite();
          }
        });
    startAndApprove();
    assertThat(atTheSwitch).hasValue(0);
    assertThat(limit()).isEqualTo(BEFORE);

    world.route.beforeEachAct(() -> {});
    world.time.advance(Duration.ofMinutes(2));
    world.due("Event_NextLook");
    assertThat(world.result()).isEqualTo("Cutover undone");
    assertThat(limit()).isEqualTo(BEFORE);
  }

  @ParameterizedTest
  @CsvSource({
    "UNDONE, Cutover undone",
    "REFUSED, Cutover undone",
    "ABORTED, Cutover undone",
    "HELD, Held for people"
  })
  void areBackWhenTheWriterDoesNotMove(String answer, String result) {
    world.writerSwitch.answer(answer);
    startAndApprove();

    assertThat(world.result()).isEqualTo(result);
    assertThat(atTheSwitch).hasValue(LOWERED);
    assertThat(limit()).isEqualTo(BEFORE);
  }

  @Test
  void areBackWhenTheWayBackIsLostMeanwhile() {
    world.route.beforeEachAct(() -> world.database.target().setting("log_bin", "OFF"));
    startAndApprove();

    assertThat(world.result()).isEqualTo("Cutover undone");
    assertThat(atTheSwitch).hasValue(0);
    assertThat(limit()).isEqualTo(BEFORE);
  }

  @Test
  void areAskedForUntilTheyAreBack() {
    world.writerSwitch.afterMove(() -> world.route.failNextLimit(1));
    startAndApprove();
    assertThat((String) world.taskVariable("stepError")).contains("limit connections");
    assertThat(limit()).isEqualTo(LOWERED);
    decide("TRY_AGAIN");

    assertThat(limit()).isEqualTo(BEFORE);
    assertThat(world.milestones()).filteredOn("ANNOUNCED"::equals).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"GO_BACK, Returned to source", "CONTINGENCY, Handed to contingency plan"})
  void areBackWhenPeopleLeaveTheRunbook(String answer, String result) {
    world.writerSwitch.afterMove(() -> world.route.failNextLimit(1));
    startAndApprove();
    world.writerSwitch.afterMove(() -> {});
    decide(answer);

    assertThat(world.result()).isEqualTo(result);
    assertThat(limit()).isEqualTo(BEFORE);
  }

  @Test
  void areBackAfterAnAbortThatProvesThatProductionIsWritable() {
    world.stopWhenClockRuns("Event_SwitchOverran");
    startAndApprove();
    assertThat(limit()).isEqualTo(LOWERED);
    world.abort();

    assertThat(world.result()).isEqualTo("Cutover aborted");
    assertThat(limit()).isEqualTo(BEFORE);
    assertThat(restored()).containsExactly("at most 1000 GOOD");
    assertThat(world.evidence(Measured.class))
        .extracting(Measured::what)
        .contains("a write is acknowledged");
    assertThat(world.database.source().accepts()).isTrue();
  }

  @Test
  void areAskedForAfterAnAbortUntilTheyAreBack() {
    world.stopWhenClockRuns("Event_SwitchOverran");
    startAndApprove();
    world.route.failNextLimit(1);
    world.abort();
    assertThat((String) world.taskVariable("stepError")).contains("limit connections");
    decide("TRY_AGAIN");

    assertThat(world.result()).isEqualTo("Cutover aborted");
    assertThat(limit()).isEqualTo(BEFORE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void areNotTouchedByAnAbortBeforeAnythingWasBegun(boolean locked) {
    if (locked) {
      world.database.target().setting("log_bin", "OFF");
    }
    world.start(false);
    world.abort();

    assertThat(world.result()).isEqualTo("Cutover aborted");
    assertThat(world.route.sent()).isEmpty();
    assertThat(world.milestones()).doesNotContain("ANNOUNCED");
  }

  @Test
  void areOnlyWrittenDownInADryRun() {
    world.start(true);

    assertThat(world.result()).isEqualTo("Dry run finished");
    assertThat(world.route.sent()).isEmpty();
    assertThat(world.evidence(CommandRun.class))
        .extracting(command -> command.command() + ", " + command.outcome())
        .containsExactly(
            "fake limit SOURCE 10, dry run: not sent", "fake limit SOURCE 1000, dry run: not sent");
  }
}

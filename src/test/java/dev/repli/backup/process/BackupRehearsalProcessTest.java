package dev.repli.backup.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.runbook.RunbookEngine;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.BadUserRequestException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupRehearsalProcessTest {
  private static RunbookEngine engine;
  private BackupWorld world;

  @BeforeAll
  static void startEngine() {
    engine = new RunbookEngine("backup", List.of("rollback/FailedStepProcess.bpmn"), List.of());
  }

  @AfterAll
  static void reachesEveryEvent() {
    try (RunbookEngine closing = engine) {
      assertThat(closing.neverReached()).as("events that no test has reached").isEmpty();
    }
  }

  @BeforeEach
  void makeWorld() {
    world = new BackupWorld(engine.engine, engine.beans, true);
  }

  @AfterEach
  void endWorld() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "BACKUP_PROVED, Backup proved",
    "BACKUP_REFUSED, Backup refused",
    "BACKUP_NONE_TO_PROVE, No backup to prove"
  })
  void endsAsTheJournalSays(String milestone, String result) {
    world.start(false);
    world.ends("PROVE", milestone);

    assertThat(world.result()).isEqualTo(result);
  }

  @Test
  void leavesThePlanToOtherRuns() {
    world.start(false);
    assertThat(world.variable("planReleased")).isEqualTo(true);
    world.ends("PROVE", "BACKUP_PROVED");
  }

  @Test
  void asksPeopleWhenItCouldNotBeMadeAndTriesAgain() {
    world.start(false);
    world.fails("PROVE", "host db2.example: it does not answer");
    assertThat(world.taskVariable("stepError")).isEqualTo("host db2.example: it does not answer");
    assertThat((String) world.taskVariable("incidentText"))
        .contains("the newest backup without a proof", "checkout \\<b\\>fails");
    world.decide(Map.of("failedStepAnswer", "TRY_AGAIN"));
    world.ends("PROVE", "BACKUP_PROVED");

    assertThat(world.result()).isEqualTo("Backup proved");
  }

  @Test
  void isLeftToPeopleWhoWantNoOtherTry() {
    world.start(false);
    world.fails("PROVE", "no room");
    world.decide(
        Map.of("failedStepAnswer", "CONTINGENCY", "failedStepReason", "the disk is broken"));

    assertThat(world.result()).isEqualTo("Proof left to people");
  }

  @Test
  void anAbortClearsWhatWasRestored() {
    world.start(false);
    world.abort();
    world.ends("CLEAR", "");

    assertThat(world.result()).isEqualTo("Proof aborted");
  }

  @Test
  void anAbortSaysWhenItCouldNotClear() {
    world.start(false);
    world.abort();
    world.fails("CLEAR", "it does not answer");

    assertThat(world.result()).isEqualTo("Proof aborted, scratch left");
  }

  @Test
  void dryRunAsksNobodyAlsoWhenItCouldNotLook() {
    world.start(true);
    world.fails("PROVE", "it does not answer");

    assertThat(world.result()).isEqualTo("Dry run finished");
  }

  @Test
  void refusesAPlanWithoutBackups() {
    world.close();
    world = new BackupWorld(engine.engine, engine.beans, false);

    assertThatThrownBy(() -> world.start(false))
        .isInstanceOf(BadUserRequestException.class)
        .hasMessageContaining("names no machine with backups");
  }
}

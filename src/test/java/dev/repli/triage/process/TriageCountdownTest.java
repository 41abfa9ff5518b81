package dev.repli.triage.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence;
import dev.repli.reversibility.State;
import dev.repli.reversibility.Strategy;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rollback that was approved with its cutover starts after a countdown, and only then. */
class TriageCountdownTest extends TriageTest {
  /** Events that these tests pass. */
  static final Set<String> PASSED =
      Set.of(
          "IncidentCountdownProcess/Event_CountdownAnswered",
          "IncidentCountdownProcess/Event_CountdownBegun",
          "IncidentCountdownProcess/Event_CountdownEnded",
          "IncidentCountdownProcess/Event_CountdownOver",
          "IncidentRollbackProcess/Event_RollbackStopped");

  TriageCountdownTest() {
    super(PASSED);
  }

  @Test
  void anApprovedRollbackStartsAfterItsCountdown() {
    world.approvedWithCutover();
    startCritical();
    assertThat(world.task().getName()).isEqualTo("Stop the automatic rollback INC-1");
    assertThat(world.taskVariable("countdown")).isEqualTo("PT1M");
    assertThat(world.runs.requests).isEmpty();

    world.due("Event_CountdownOver");
    assertThat(world.runs.requests).hasSize(1);
    assertThat(world.asks()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"STOP, 0, true", "START_NOW, 1, false"})
  void aDeciderCanStopTheCountdown(String answer, int started, boolean asks) {
    world.approvedWithCutover();
    startCritical();
    world.answer(
        "Stop the automatic rollback", Map.of("stopAnswer", answer, "stopReason", "planned load"));

    assertThat(world.runs.requests).hasSize(started);
    assertThat(world.asks()).isEqualTo(asks);
    assertThat(world.text("DECISION_TAKEN")).contains(answer);
    assertThat(world.isApprovedWithCutover())
        .as("people who stopped it have to approve it anew")
        .isNotEqualTo(asks);
  }

  @Test
  void whatLosesWritesIsNeverStartedByItself() {
    world.approvedWithCutover();
    world.wayBack(State.LOSES);
    startCritical();

    assertThat(world.asks()).as("no countdown; the rollback asks for its approvals").isFalse();
    assertThat(world.runs.requests).hasSize(1);
  }

  /** The cutover's certificate has proved the way by replication only. */
  @Test
  void aWayThatNobodyHasRehearsedIsNeverStartedByItself() {
    world.approvedWithCutover();
    world.strategy = Strategy.LOGICAL;
    startCritical();

    assertThat(world.asks()).as("no countdown; the rollback asks for its approvals").isFalse();
    assertThat(world.runs.requests).hasSize(1);
  }

  // ---- what changes meanwhile ----

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

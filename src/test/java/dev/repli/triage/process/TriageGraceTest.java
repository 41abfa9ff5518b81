package dev.repli.triage.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.Metric;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is above normal for a while: people may try a fix until the grace ends. */
class TriageGraceTest extends TriageTest {
  private static final double ERRORS_HIGH = 0.06;

  /** Events that these tests pass. */
  static final Set<String> PASSED =
      Set.of(
          "IncidentGraceProcess/Event_EvaluationDue",
          "IncidentGraceProcess/Event_FixOverdue",
          "IncidentGraceProcess/Event_FixReported",
          "IncidentGraceProcess/Event_GraceBegun",
          "IncidentGraceProcess/Event_GraceOver",
          "IncidentGraceProcess/Event_NotFixed");

  TriageGraceTest() {
    super(PASSED);
  }

  /** Errors above 5 % for 10 min and a half, and still. */
  private void startInGrace() {
    world.measure(ERRORS_HIGH, NORMAL);
    world.measureFor(Duration.ofMinutes(11), ERRORS_HIGH);
    start();
    assertThat(world.task().getName()).isEqualTo("Try the fix INC-1");
  }

  @Test
  void recoveryEndsTheGrace() {
    startInGrace();
    world.measureFor(Duration.ofMinutes(1), ERRORS_HIGH);
    world.due("Event_EvaluationDue");
    assertThat(world.asks()).isTrue();

    world.measureFor(Duration.ofSeconds(30), 0);
    world.due("Event_EvaluationDue");
    assertThat(world.endedAs()).isEqualTo("Normal operation");
    assertThat(world.runs.requests).isEmpty();
  }

  @Test
  void theRollbackIsPreparedWhenTheGraceEnds() {
    startInGrace();
    world.measureFor(Duration.ofSeconds(870), ERRORS_HIGH);
    world.due("Event_EvaluationDue");
    assertThat(world.runs.requests).as("14 min 30 s").isEmpty();

    world.measureFor(Duration.ofSeconds(30), ERRORS_HIGH);
    world.due("Event_EvaluationDue");
    assertThat(world.runs.requests).as("15 min").hasSize(1);
    rolledBack();
  }

  @Test
  void aWorseVerdictShortensTheGrace() {
    startInGrace();
    world.report(Metric.MISSING_ROWS, 3);
    world.due("Event_EvaluationDue");

    assertThat(world.runs.requests).hasSize(1);
  }

  @Test
  void theGraceOfAWatchedIncidentEndsWithAQuestion() {
    world.measure(0.002, NORMAL);
    start();
    assertThat(world.text("VERDICT")).startsWith("Verdict: watch (low): errors-low");
    world.measureFor(Duration.ofHours(4), 0.002);
    world.due("Event_EvaluationDue");

    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");
    assertThat(world.runs.requests).isEmpty();
  }

  @Test
  void metricsThatVanishDuringTheGraceLetNothingPassForHealthy() {
    startInGrace();
    world.time.pass(Duration.ofMinutes(16));
    world.due("Event_EvaluationDue");

    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");
    assertThat(world.text("VERDICT")).startsWith("Verdict: inconclusive");
  }

  @Test
  void aFixIsBelievedOnlyWhenTheCriteriaSaySo() {
    startInGrace();
    fix("FIXED");
    assertThat(world.task().getName()).as("not yet").isEqualTo("Try the fix INC-1");

    world.measureFor(Duration.ofSeconds(30), 0);
    fix("FIXED");
    assertThat(world.endedAs()).isEqualTo("Normal operation");
  }

  @Test
  void whatCannotBeFixedIsAssessed() {
    startInGrace();
    fix("NOT_FIXED");

    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");
  }

  @Test
  void aFixHasAnEnd() {
    startInGrace();
    world.due("Event_FixOverdue");

    assertThat(world.task().getName()).isEqualTo("Assess the incident INC-1");
  }
}

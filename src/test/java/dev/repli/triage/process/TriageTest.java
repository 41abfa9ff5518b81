package dev.repli.triage.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.ContactRules;
import dev.repli.plan.Metric;
import dev.repli.runbook.RunbookEngine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * The triage's models on a real engine, one for the tests of a class, and the team's real table.
 * Each test has a world of its own, and no step of it may be left to nobody.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TriageTest {
  static final double NORMAL = 100;

  /** Tasks about a step that failed at all its tries. */
  static final String FAILED = "Decide on failed step INC-1, triage";

  static final String SKIPPING = "Approve skipping INC-1, triage";

  private final Set<String> passed;
  private RunbookEngine engine;
  TriageWorld world;

  /**
   * @param passed end events and boundary events that these tests pass together
   */
  TriageTest(Set<String> passed) {
    this.passed = passed;
  }

  @BeforeAll
  void startEngine() {
    engine = new RunbookEngine("triage", TriageWorld.BORROWED, List.of());
  }

  @AfterAll
  void passesItsEvents() {
    try (RunbookEngine closing = engine) {
      assertThat(closing.neverReached()).filteredOn(passed::contains).isEmpty();
    }
  }

  /** Who is on call in each world. */
  ContactRules contacts() {
    return ContactRules.NONE;
  }

  @BeforeEach
  void makeWorld() {
    world = new TriageWorld(engine.engine, engine.beans, contacts());
  }

  @AfterEach
  void endWorld() {
    assertThat(engine.engine.getRuntimeService().createIncidentQuery().count())
        .as("left to nobody")
        .isZero();
    world.close();
  }

  final void start() {
    world.start(false);
  }

  /** Some checksums differ. */
  final void startCritical() {
    critical();
    start();
  }

  final void critical() {
    world.measure(0, NORMAL);
    world.report(Metric.CHECKSUM_ERRORS, 1);
  }

  final void recovers() {
    world.measure(0, NORMAL);
    world.report(Metric.CHECKSUM_ERRORS, 0);
  }

  final void assess(String answer) {
    world.answer("Assess the incident", Map.of("incidentAnswer", answer, "incidentReason", "seen"));
  }

  final void fix(String answer) {
    world.answer("Try the fix", Map.of("fixAnswer", answer, "fixReason", "index made"));
  }

  final void decide(String answer) {
    world.answerTask(FAILED, Map.of("failedStepAnswer", answer, "failedStepReason", "looked"));
  }

  final void rolledBack() {
    world.runs.ended(TriageWorld.ROLLBACK, "Rolled back to source");
    world.due("Event_NextLook");
    assertThat(world.endedAs()).isEqualTo("Rolled back to source");
  }
}

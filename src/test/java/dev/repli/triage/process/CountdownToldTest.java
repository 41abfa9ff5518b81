package dev.repli.triage.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.ContactRules;
import dev.repli.plan.ContactRules.Chain;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.ContactRules.Step;
import dev.repli.plan.Metric;
import dev.repli.plan.SecretRef;
import dev.repli.runbook.RunbookEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People hear of a rollback that starts by itself while they can still stop it. */
class CountdownToldTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final ContactRules CONTACTS =
      new ContactRules(
          List.of(
              new Contact(
                  "ada",
                  "Ada",
                  "ada",
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(new SecretRef("env:SMS")))),
          List.of(new Chain("technical-lead", List.of(new Step("ada", Duration.ofMinutes(5))))),
          ContactRules.NONE.grace());
  private static RunbookEngine engine;
  private TriageWorld world;

  @BeforeAll
  static void startEngine() {
    engine = new RunbookEngine("triage", TriageWorld.BORROWED, List.of());
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @BeforeEach
  void countsDown() {
    ClockUtil.setCurrentTime(Date.from(NOON));
    world = new TriageWorld(engine.engine, engine.beans, CONTACTS);
    world.approvedWithCutover();
    world.measure(0, 100);
    world.report(Metric.CHECKSUM_ERRORS, 1);
    world.start(false);
  }

  @AfterEach
  void endWorld() {
    ClockUtil.reset();
    world.close();
  }

  private List<Milestone> told(String name) {
    return world.evidence(Milestone.class).stream()
        .filter(entry -> entry.name().equals(name))
        .toList();
  }

  @Test
  void saysWhenItStartsAndWhy() {
    assertThat(told("COUNTDOWN_BEGUN"))
        .singleElement()
        .satisfies(
            begun -> {
              assertThat(begun.text())
                  .startsWith(
                      "The rollback of incident INC-1 starts by itself at 2026-03-01 12:01:00 UTC unless somebody stops it. Verdict: rollback now (critical): checksum-errors");
              assertThat(begun.facts())
                  .containsEntry("message", "countdown")
                  .containsEntry("starts", "2026-03-01 12:01:00 UTC");
            });
    assertThat(world.taskVariable("countdownEnds")).isEqualTo("2026-03-01 12:01:00 UTC");
    assertThat(world.task().getDueDate())
        .as("when it is too late")
        .isEqualTo(Date.from(NOON.plus(Duration.ofMinutes(1))));
  }

  @Test
  void callsWhoeverIsOnCallAtOnceAndLeavesTheirTurnToDecide() {
    assertThat(told("CONTACT_CALLED"))
        .singleElement()
        .extracting(Milestone::facts)
        .satisfies(
            facts ->
                assertThat(facts)
                    .containsEntry("contact", "ada")
                    .containsEntry("message", "countdown"));

    world.answer(
        "Stop the automatic rollback", Map.of("stopAnswer", "STOP", "stopReason", "planned load"));
    world.time.pass(Duration.ofMinutes(6));
    world.due("Event_LookDue");
    assertThat(told("CONTACT_CALLED"))
        .extracting(entry -> entry.facts().get("message"))
        .containsExactly("countdown", "decision-due");
  }
}

package dev.repli.communication;

import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.incident.Incident;
import dev.repli.incident.Incident.Severity;
import dev.repli.incident.Incident.Status;
import dev.repli.incident.Incidents;
import dev.repli.incident.Intake;
import dev.repli.incident.Measurements;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What people hear when several report to one triage, or one reports again. */
class IncidentNewsTest {
  private static final String ALERTS = "alerts-shop-20260301-120000";
  private final MessageWorld world =
      new MessageWorld(
          rules("Online shop", channel("call", CommunicationRules.Type.PAGERDUTY, Audience.LEAD)));
  private final Incidents incidents =
      new Incidents(world.plans, world.runs, world.journal, Measurements.NONE, world.clock);

  private Intake receive(String id, Status status) {
    return incidents.receive(
        new Incident(
            new RunKey(id),
            new PlanId("shop"),
            "alertmanager",
            Optional.of(Severity.HIGH),
            "checkout fails",
            world.clock.instant(),
            new TreeMap<>(),
            status),
        "prometheus");
  }

  /** Whether the status page says now that something is wrong. */
  private boolean problem() {
    world.correspondent.tick();
    return world.outbox.turning(new PlanId("shop")).stream()
        .anyMatch(last -> last.moment().opens());
  }

  @Test
  void opensAgainWhenWhatWasOverFiresAgain() {
    receive(ALERTS, Status.FIRING);
    assertThat(problem()).isTrue();
    receive(ALERTS, Status.RESOLVED);
    assertThat(problem()).isFalse();

    assertThat(receive(ALERTS, Status.FIRING)).isInstanceOf(Intake.Contradiction.class);
    receive(ALERTS + "-2", Status.FIRING);

    assertThat(problem()).isTrue();
  }

  @Test
  void hearsOfEachEndAndEachBeginOfAFlappingAlert() {
    receive(ALERTS, Status.FIRING);
    for (int flap = 0; flap < 3; flap++) {
      receive(ALERTS, Status.RESOLVED);
      assertThat(problem()).as("flap %d over", flap).isFalse();
      receive(ALERTS + "-2", Status.FIRING);
      assertThat(problem()).as("flap %d fires", flap).isTrue();
    }
  }

  @Test
  void saysNothingOfTheEndWhileWhatAnotherReportedGoesOn() {
    receive("inc-1", Status.FIRING);
    receive("inc-2", Status.FIRING);
    receive("inc-1", Status.RESOLVED);
    assertThat(problem()).isTrue();

    receive("inc-2", Status.RESOLVED);

    assertThat(problem()).isFalse();
  }

  @Test
  void saysNothingOfTheEndOfOneThatJoinedWhileTheFirstGoesOn() {
    receive("inc-1", Status.FIRING);
    receive("inc-2", Status.FIRING);
    receive("inc-2", Status.RESOLVED);
    assertThat(problem()).isTrue();

    receive("inc-1", Status.RESOLVED);

    assertThat(problem()).isFalse();
  }

  @Test
  void opensNothingAgainWhileTheRollbackWorks() {
    receive("inc-1", Status.FIRING);
    receive("inc-1", Status.RESOLVED);
    world.note("ROLLBACK_STARTED", "Rollback inc-1-rollback started", Map.of());

    receive("inc-2", Status.FIRING);

    assertThat(problem()).isFalse();
  }

  @Test
  void closesWhatWasLeftToPeopleWhenTheLastReporterSaysSo() {
    receive("inc-1", Status.FIRING);
    receive("inc-2", Status.FIRING);
    world.runs.end(new RunKey("inc-1"), "Contingency plan chosen");
    world.correspondent.tick();
    world.cadence.tick();
    assertThat(problem()).isTrue();
    receive("inc-1", Status.RESOLVED);
    assertThat(problem()).isTrue();

    assertThat(receive("inc-2", Status.RESOLVED)).isInstanceOf(Intake.Folded.class);

    assertThat(problem()).isFalse();
    assertThat(receive("inc-2", Status.RESOLVED)).isInstanceOf(Intake.NothingToStart.class);
  }

  @Test
  void closesARollbackThatWasLeftToPeopleWhenOneOfThemReportsIt() {
    world.start("RollbackProcess", false, Map.of());
    world.announce("rollback-running");
    world.runs.end(MessageWorld.RUN, "Handed to contingency plan");
    world.correspondent.tick();
    world.cadence.tick();
    assertThat(problem()).isTrue();

    receive("inc-1", Status.RESOLVED);

    assertThat(problem()).isFalse();
  }
}

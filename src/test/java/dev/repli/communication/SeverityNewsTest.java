package dev.repli.communication;

import static dev.repli.communication.MessageWorld.channel;
import static dev.repli.communication.MessageWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.incident.Incident;
import dev.repli.incident.Incident.Severity;
import dev.repli.incident.Incident.Status;
import dev.repli.incident.Incidents;
import dev.repli.incident.Measurements;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A running incident becomes worse: those who have to know hear of it, once. */
class SeverityNewsTest {
  private static final RunKey TRIAGE = new RunKey("inc-1");
  private final MessageWorld world =
      new MessageWorld(
          rules(
              "Online shop",
              channel("war-room", CommunicationRules.Type.SLACK, Audience.TECHNICAL),
              channel("heads", CommunicationRules.Type.WEBHOOK, Audience.MANAGEMENT),
              channel("call", CommunicationRules.Type.PAGERDUTY, Audience.LEAD),
              channel("press", CommunicationRules.Type.MAIL, Audience.COMMUNICATION)));
  private final Incidents incidents =
      new Incidents(world.plans, world.runs, world.journal, Measurements.NONE, world.clock);

  private void report(String id, Severity severity, Status status) {
    world.clock.pass(Duration.ofMinutes(1));
    var unused =
        incidents.receive(
            new Incident(
                new RunKey(id),
                new PlanId("shop"),
                "monitoring",
                Optional.ofNullable(severity),
                "checkout fails",
                world.clock.instant(),
                new TreeMap<>(),
                status),
            "monitoring");
    world.correspondent.tick();
  }

  /** Who was told that it is worse, in order. */
  private List<String> risen() {
    return world.outbox.ofRun(TRIAGE.value()).stream()
        .filter(message -> message.moment() == Moment.SEVERITY_RISEN)
        .map(message -> message.channel() + " " + message.facts().get("severity"))
        .toList();
  }

  @Test
  void tellsTheWarRoomManagementAndLeadAndNobodyElse() {
    report("inc-1", Severity.MEDIUM, Status.FIRING);
    assertThat(risen()).as("the begin is news of its own").isEmpty();
    report("inc-1", Severity.CRITICAL, Status.FIRING);

    assertThat(risen())
        .containsExactlyInAnyOrder("war-room critical", "heads critical", "call critical");
  }

  @Test
  void tellsOncePerRise() {
    report("inc-1", Severity.LOW, Status.FIRING);
    report("inc-1", Severity.HIGH, Status.FIRING);
    report("inc-1", Severity.HIGH, Status.FIRING);
    report("inc-1", Severity.LOW, Status.FIRING);
    report("inc-1", Severity.HIGH, Status.FIRING);
    assertThat(risen()).filteredOn(told -> told.startsWith("heads")).containsExactly("heads high");

    report("inc-1", Severity.CRITICAL, Status.FIRING);
    assertThat(risen())
        .filteredOn(told -> told.startsWith("heads"))
        .containsExactly("heads high", "heads critical");
  }

  @Test
  void countsWhoJoinsAlsoWhileTheRollbackWorks() {
    report("inc-1", Severity.MEDIUM, Status.FIRING);
    report("inc-2", Severity.MEDIUM, Status.FIRING);
    assertThat(risen()).isEmpty();
    world.journal.append(
        TRIAGE, new Milestone("ROLLBACK_STARTED", "started", Map.of("run", "inc-1-rollback")));
    report("inc-3", Severity.HIGH, Status.FIRING);

    assertThat(risen()).contains("heads high", "call high");
  }

  @Test
  void whatBeginsAnewAfterItsEndIsNoRise() {
    report("inc-1", Severity.MEDIUM, Status.FIRING);
    report("inc-1", Severity.MEDIUM, Status.RESOLVED);
    report("inc-2", Severity.CRITICAL, Status.FIRING);
    assertThat(risen()).isEmpty();

    report("inc-2", Severity.LOW, Status.FIRING);
    report("inc-3", Severity.CRITICAL, Status.FIRING);
    assertThat(risen()).as("not worse than it was").isEmpty();
  }
}

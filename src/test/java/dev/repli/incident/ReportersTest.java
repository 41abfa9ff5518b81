package dev.repli.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.incident.Incident.Severity;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportersTest {
  private static final PlanId SHOP = new PlanId("shop");
  private static final RunKey TRIAGE = new RunKey("inc-1");
  private final InMemoryJournal journal = new InMemoryJournal(Clock.systemUTC());

  private void said(String name, String id, String severity, String status) {
    journal.append(
        TRIAGE,
        new Milestone(
            name, name, Map.of("incidentId", id, "severity", severity, "status", status)));
  }

  private Reporters reporters() {
    return Reporters.of(TRIAGE, SHOP, journal.read(TRIAGE));
  }

  @Test
  void theWorstOfAllWhoStillReportCounts() {
    said("RUN_REQUESTED", "inc-1", "low", "firing");
    said("INCIDENT_JOINED", "inc-2", "critical", "firing");
    assertThat(reporters().worst()).contains(Severity.CRITICAL);

    said("INCIDENT_JOINED", "inc-2", "critical", "resolved");
    assertThat(reporters().worst()).contains(Severity.LOW);
    assertThat(reporters().isOver()).isFalse();

    said("INCIDENT_RESOLVED", "inc-1", "low", "resolved");
    assertThat(reporters().worst()).isEmpty();
    assertThat(reporters().isOver()).isTrue();
  }

  @Test
  void theFirstOnesEndIsNotTheEndOfTheOthers() {
    said("RUN_REQUESTED", "inc-1", "low", "firing");
    said("INCIDENT_JOINED", "inc-2", "high", "firing");

    said("INCIDENT_RESOLVED", "inc-1", "low", "resolved");

    assertThat(reporters().isOver()).isFalse();
    assertThat(reporters().worst()).contains(Severity.HIGH);
  }

  @Test
  void anUpdateChangesWhatItsReporterSays() {
    said("RUN_REQUESTED", "inc-1", "critical", "firing");
    said("INCIDENT_UPDATED", "inc-1", "medium", "firing");

    assertThat(reporters().worst()).contains(Severity.MEDIUM);
  }

  @Test
  void aReportWithoutSeverityIsNotNothing() {
    said("RUN_REQUESTED", "inc-1", "unstated", "firing");

    assertThat(reporters().worst()).contains(Severity.MEDIUM);
  }

  @Test
  void alertsAreCriteriaOfTheirOwn() {
    said("RUN_REQUESTED", "alerts-shop-20260301-120000", "unstated", "firing");

    assertThat(reporters().worst()).isEmpty();
    assertThat(reporters().isOver()).isFalse();
  }

  @Test
  void aTriageThatPeopleBeganEndsUnderItsOwnKey() {
    journal.append(TRIAGE, new Milestone("RUN_REQUESTED", "by hand", Map.of()));
    assertThat(reporters().worst()).contains(Severity.MEDIUM);

    said("INCIDENT_RESOLVED", "inc-1", "unstated", "resolved");

    assertThat(reporters().isOver()).isTrue();
  }
}

package dev.repli.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.plan.Criterion;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When what fires is over, and when it is not. */
class AlertEndsTest extends AlertsAndPlans {
  @Test
  void holdsWhileAnyAlertOfTheCriterionFires() {
    receive(alert("Errors", "a", true, NOON), alert("Errors", "b", true, NOON));
    receive(alert("Errors", "a", false, NOON));
    assertThat(declared).containsExactly("errors-critical=true", "errors-critical=true");
    assertThat(journal.newestMilestone(KEY, "INCIDENT_RESOLVED")).isEmpty();

    receive(alert("Errors", "b", false, NOON));
    assertThat(declared).endsWith("errors-critical=false", "over");
    assertThat(journal.newestMilestone(KEY, "INCIDENT_RESOLVED")).isPresent();
  }

  @Test
  void ignoresAReplayOfWhatIsOver() {
    receive(alert("Errors", "a", true, NOON));
    receive(alert("Errors", "a", false, NOON));
    int before = declared.size();

    receive(alert("Errors", "a", true, NOON));
    receive(alert("Errors", "a", false, NOON));

    assertThat(declared).hasSize(before);
  }

  @Test
  void endsNoIncidentAfterARestartWhileAnotherAlertOfItFires() {
    receive(alert("Errors", "a", true, NOON), alert("Errors", "b", true, NOON));
    alerts = alerts();

    receive(alert("Errors", "a", false, NOON));

    assertThat(journal.newestMilestone(KEY, "INCIDENT_RESOLVED")).isEmpty();
    assertThat(declared).doesNotContain("errors-critical=false", "over");
  }

  @Test
  void takesTheEndInAgainWhenItFailedTheFirstTime() {
    receive(alert("Errors", "a", true, NOON));
    failing = true;
    assertThatThrownBy(() -> receive(alert("Errors", "a", false, NOON)))
        .isInstanceOf(IllegalStateException.class);
    failing = false;

    receive(alert("Errors", "a", false, NOON));

    assertThat(journal.newestMilestone(KEY, "INCIDENT_RESOLVED")).isPresent();
    assertThat(declared).endsWith("errors-critical=false", "over");
  }

  @Test
  void takesTheEndInThoughTheClockWentBack() {
    receive(alert("Errors", "a", true, NOON));
    now = NOON.minus(Duration.ofHours(1));

    receive(alert("Errors", "a", false, NOON));

    assertThat(declared).endsWith("errors-critical=false", "over");
  }

  @Test
  void endsWhatThePlanNoLongerTakesAlertsFor() {
    receive(alert("Errors", "a", true, NOON));
    plans.errors = Criterion.ERRORS_HIGH;

    receive(alert("Slow", "a", true, NOON));

    assertThat(declared).contains("errors-critical=false");
    assertThat(ledger.firing(new PlanId("shop"))).containsExactly(Criterion.LATENCY_HIGH);
  }

  @Test
  void ignoresTheLateEndOfATimeBefore() {
    now = NOON.plusSeconds(400);
    receive(alert("Errors", "a", true, NOON.plusSeconds(300)));

    receive(alert("Errors", "a", false, NOON));

    assertThat(declared).containsExactly("errors-critical=true");
  }

  @Test
  void endsNotWhatSomebodyElseHasReported() {
    RunKey reported = new RunKey("INC-1");
    runs.start(
        new Runs.Request(
            reported,
            "IncidentTriageProcess",
            new PlanId("shop"),
            "op",
            false,
            Map.of("incidentId", "INC-1")));
    receive(alert("Errors", "a", true, NOON));

    receive(alert("Errors", "a", false, NOON));

    assertThat(runs.newest(10)).extracting(Runs.Run::key).containsExactly(reported);
    assertThat(journal.newestMilestone(reported, "INCIDENT_RESOLVED")).isEmpty();
    assertThat(
            journal
                .newestMilestone(reported, "INCIDENT_JOINED")
                .orElseThrow()
                .evidence()
                .toString())
        .contains("Also resolved", "message=step");
  }

  @Test
  void startsNothingForTheEndOfAnUnknownAlert() {
    assertThat(receive(alert("Errors", "a", false, NOON)).intakes())
        .containsExactly(new Intake.NothingToStart());
    assertThat(runs.newest(10)).isEmpty();
  }

  @Test
  void endsAnAlertWhoseEndNobodyEverSends() {
    receive(alert("Errors", "a", true, NOON));
    Instant heard = now;
    now = heard.plus(Duration.ofHours(12));
    alerts.endSilent(Duration.ofHours(12));
    assertThat(declared).as("12 h are not over").containsExactly("errors-critical=true");

    now = now.plusSeconds(1);
    alerts.endSilent(Duration.ofHours(12));
    alerts.endSilent(Duration.ofHours(12));

    assertThat(declared).containsExactly("errors-critical=true", "errors-critical=false", "over");
    assertThat(text("ALERT_NOT_HEARD_OF")).contains("not heard of since " + heard);
    assertThat(text("INCIDENT_RESOLVED")).contains("not heard of since");
  }

  @Test
  void keepsAnAlertThatIsRepeated() {
    receive(alert("Errors", "a", true, NOON), alert("Errors", "b", true, NOON));
    now = now.plus(Duration.ofHours(11));
    receive(alert("Errors", "a", true, NOON));
    now = now.plus(Duration.ofHours(2));
    alerts.endSilent(Duration.ofHours(12));

    assertThat(ledger.firing(new PlanId("shop"))).containsExactly(Criterion.ERRORS_CRITICAL);
    assertThat(text("ALERT_NOT_HEARD_OF")).isNotEmpty();
    assertThat(text("INCIDENT_RESOLVED")).isEmpty();
  }

  @Test
  void endsNothingThatCouldNotBeHeardOfBecauseRepliWasAway() {
    receive(alert("Errors", "a", true, NOON));
    now = now.plus(Duration.ofDays(2));
    Alerts restarted = alerts();

    restarted.endSilent(Duration.ofHours(12));

    assertThat(ledger.firing(new PlanId("shop"))).containsExactly(Criterion.ERRORS_CRITICAL);
  }

  @Test
  void takesAnAlertThatIsHeardOfAgainForOneThatFires() {
    receive(alert("Errors", "a", true, NOON));
    now = now.plus(Duration.ofHours(13));
    alerts.endSilent(Duration.ofHours(12));
    now = now.plus(Duration.ofMinutes(5));
    receive(alert("Errors", "a", true, NOON));

    assertThat(ledger.firing(new PlanId("shop"))).containsExactly(Criterion.ERRORS_CRITICAL);
    assertThat(journal.newestMilestone(KEY, "INCIDENT_JOINED"))
        .as("the triage of before still works on it")
        .isPresent();
  }
}

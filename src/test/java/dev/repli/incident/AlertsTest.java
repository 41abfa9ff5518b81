package dev.repli.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.Criterion;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an alert starts, and what it folds into. */
class AlertsTest extends AlertsAndPlans {
  @Test
  void startsATriageForAnAlertThatThePlanKnows() {
    Alerts.Received received = receive(alert("Errors", "a", true, NOON));

    assertThat(received.matched()).isOne();
    assertThat(received.intakes()).singleElement().isInstanceOf(Intake.Started.class);
    assertThat(runs.find(KEY)).isPresent();
    assertThat(declared).containsExactly("errors-critical=true");
  }

  @Test
  void ignoresWhatNoPlanKnows() {
    Alert elsewhere =
        new Alert(true, Map.of("alertname", "Errors", "repli_plan", "books"), "Errors", NOON, NOON);

    assertThat(receive(alert("Watchdog", "a", true, NOON), elsewhere).matched()).isZero();
    assertThat(runs.newest(10)).isEmpty();
    assertThat(declared).isEmpty();
  }

  @Test
  void ignoresAReplayAfterARestart() {
    receive(alert("Errors", "a", true, NOON));
    receive(alert("Errors", "a", false, NOON));
    alerts = alerts();

    assertThat(receive(alert("Errors", "a", true, NOON)).intakes()).isEmpty();
  }

  @Test
  void startsAnIncidentOfItsOwnForWhatStillFiresWhenItsIncidentIsOver() {
    receive(alert("Errors", "a", true, NOON));
    // somebody reported the end and the triage saw nothing any more
    journal.append(KEY, new Milestone("INCIDENT_RESOLVED", "over", Map.of()));
    runs.end(KEY, "Normal operation");

    Alerts.Received repeated = receive(alert("Errors", "a", true, NOON));

    RunKey second = new RunKey(KEY + "-2");
    assertThat(repeated.intakes())
        .singleElement()
        .isInstanceOfSatisfying(
            Intake.Started.class, started -> assertThat(started.run().key()).isEqualTo(second));
    assertThat(receive(alert("Errors", "a", true, NOON)).intakes())
        .singleElement()
        .isInstanceOfSatisfying(
            Intake.Folded.class, folded -> assertThat(folded.run().key()).isEqualTo(second));
  }

  @Test
  void whatBeginsToFireBesideWhatPeopleHaveDecidedStartsATriage() {
    receive(alert("Errors", "a", true, NOON));
    runs.end(KEY, "Fix planned");

    Alert begun = alert("Slow", "b", true, NOON.plusSeconds(600));
    Alerts.Received received = receive(alert("Errors", "a", true, NOON), begun);

    assertThat(received.intakes())
        .singleElement()
        .isInstanceOfSatisfying(
            Intake.Started.class,
            started -> assertThat(started.run().key().value()).endsWith("-121000"));
  }

  @Test
  void whatBeginsInTheSameSecondStartsATriageToo() {
    receive(alert("Errors", "a", true, NOON));
    runs.end(KEY, "Fix planned");

    assertThat(receive(alert("Errors", "a", true, NOON), alert("Slow", "b", true, NOON)).intakes())
        .singleElement()
        .isInstanceOfSatisfying(
            Intake.Started.class,
            started -> assertThat(started.run().key()).isEqualTo(new RunKey(KEY + "-2")));
  }

  @Test
  void startsNothingAgainForARepeatAfterPeopleHaveDecided() {
    receive(alert("Errors", "a", true, NOON), alert("Slow", "b", true, NOON.plusSeconds(90)));
    runs.end(KEY, "Fix planned");

    receive(alert("Errors", "a", false, NOON));
    receive(alert("Slow", "b", true, NOON.plusSeconds(90)));

    assertThat(runs.newest(10)).extracting(Runs.Run::key).containsExactly(KEY);
    receive(alert("Slow", "b", false, NOON.plusSeconds(90)));
    assertThat(journal.newestMilestone(KEY, "INCIDENT_RESOLVED")).isPresent();
  }

  @Test
  void takesAlertsInAgainThatCameWhileThePlanWasBusy() {
    RunKey cutover = new RunKey("cut-1");
    runs.start(
        new Runs.Request(cutover, "CutoverProcess", new PlanId("shop"), "op", false, Map.of()));
    assertThat(receive(alert("Errors", "a", true, NOON)).intakes())
        .singleElement()
        .isInstanceOf(Intake.PlanBusy.class);
    runs.end(cutover, "Cutover done");

    assertThat(receive(alert("Errors", "a", true, NOON)).intakes())
        .singleElement()
        .isInstanceOf(Intake.Started.class);
  }

  @Test
  void takesWhatFiresOnAfterMonitoringLostItForAWhile() {
    receive(alert("Errors", "a", true, NOON));
    receive(alert("Errors", "a", false, NOON));
    now = now.plus(Duration.ofMinutes(5));

    receive(alert("Errors", "a", true, NOON));

    assertThat(declared).endsWith("errors-critical=true");
    assertThat(ledger.firing(new PlanId("shop"))).containsExactly(Criterion.ERRORS_CRITICAL);
  }

  @Test
  void holdsOnlyTheNewCriterionOfAnAlertThatThePlanMapsAnew() {
    receive(alert("Errors", "a", true, NOON));
    plans.errors = Criterion.ERRORS_HIGH;

    receive(alert("Errors", "a", true, NOON));

    assertThat(declared).contains("errors-critical=false", "errors-high=true");
  }

  @Test
  void foldsTenThousandAlertsIntoOneRunThatIsNotedTwice() {
    IntStream.range(0, 100)
        .forEach(
            batch ->
                alerts.receive(
                    IntStream.range(0, 100)
                        .mapToObj(
                            i -> alert(i % 2 == 0 ? "Errors" : "Slow", batch + "-" + i, true, NOON))
                        .toList(),
                    "prometheus"));

    assertThat(runs.newest(10)).extracting(Runs.Run::key).containsExactly(KEY);
    assertThat(journal.read(KEY)).hasSizeBetween(1, 2);
  }
}

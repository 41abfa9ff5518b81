package dev.repli.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.Criterion;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.run.InMemoryRuns;
import dev.repli.run.KnownPlans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final RunKey KEY = new RunKey("alerts-shop-20260301-120000");
  private final WithAlerts plans = new WithAlerts();
  private Instant now = NOON.plus(Duration.ofMinutes(2));
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };
  private final InMemoryJournal journal = new InMemoryJournal(clock);
  private final InMemoryRuns runs = new InMemoryRuns(plans, journal);
  private boolean failing;
  private final List<String> declared = new ArrayList<>();
  private final Measurements measurements = new Noted();
  private final Incidents incidents = new Incidents(plans, runs, journal, measurements, clock);
  private final KeptAlerts ledger = new KeptAlerts();
  private Alerts alerts = alerts();

  private Alerts alerts() {
    return new Alerts(plans, incidents, measurements, ledger, clock);
  }

  /** The plan shop knows two alerts, the plan books none. */
  private static final class WithAlerts implements Plans {
    private final Plans known = new KnownPlans("shop", "books");
    private Criterion errors = Criterion.ERRORS_CRITICAL;

    @Override
    public List<Plan> all() {
      return known.all().stream().map(this::withAlerts).toList();
    }

    @Override
    public Optional<Plan> find(PlanId id) {
      return known.find(id).map(this::withAlerts);
    }

    private Plan withAlerts(Plan plan) {
      CriteriaRules rules = CriteriaRules.USUAL;
      return plan.id().value().equals("books")
          ? plan
          : plan.with(
              new CriteriaRules(
                  rules.preset(),
                  rules.thresholds(),
                  rules.metrics(),
                  rules.staleAfter(),
                  rules.evaluateEvery(),
                  rules.decision(),
                  List.of(
                      new CriteriaRules.Alert("alertname", "Errors", errors),
                      new CriteriaRules.Alert("alertname", "Slow", Criterion.LATENCY_HIGH)),
                  rules.baseline()));
    }
  }

  private final class Noted implements Measurements {
    @Override
    public void measured(Plan plan, SortedMap<String, Double> metrics, Optional<Instant> at) {
      assertThat(metrics).as("an alert measures nothing").isEmpty();
    }

    @Override
    public void over(Plan plan) {
      declared.add("over");
    }

    @Override
    public void declared(Plan plan, Criterion criterion, boolean holds) {
      if (failing) {
        throw new IllegalStateException("the database is away");
      }
      declared.add(criterion.word() + "=" + holds);
    }
  }

  private static Alert alert(String name, String instance, boolean firing, Instant start) {
    return new Alert(
        firing,
        Map.of("alertname", name, "instance", instance),
        name + " on " + instance,
        start,
        start.plusSeconds(60));
  }

  private Alerts.Received receive(Alert... sent) {
    return alerts.receive(List.of(sent), "prometheus");
  }

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
  void takesTheEndInThoughTheClockWentBack() {
    receive(alert("Errors", "a", true, NOON));
    now = NOON.minus(Duration.ofHours(1));

    receive(alert("Errors", "a", false, NOON));

    assertThat(declared).endsWith("errors-critical=false", "over");
  }

  @Test
  void holdsOnlyTheNewCriterionOfAnAlertThatThePlanMapsAnew() {
    receive(alert("Errors", "a", true, NOON));
    plans.errors = Criterion.ERRORS_HIGH;

    receive(alert("Errors", "a", true, NOON));

    assertThat(declared).contains("errors-critical=false", "errors-high=true");
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

  private String text(String milestone) {
    return journal
        .newestMilestone(KEY, milestone)
        .map(entry -> entry.evidence().toString())
        .orElse("");
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

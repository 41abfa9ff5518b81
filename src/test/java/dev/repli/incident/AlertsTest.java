package dev.repli.incident;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Instant;
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
  private final Plans plans = new WithAlerts();
  private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
  private final InMemoryJournal journal = new InMemoryJournal(clock);
  private final InMemoryRuns runs = new InMemoryRuns(plans, journal);
  private final List<String> declared = new ArrayList<>();
  private final Measurements measurements = new Noted();
  private final Incidents incidents = new Incidents(plans, runs, journal, measurements, clock);
  private final Alerts alerts = new Alerts(plans, incidents, measurements);

  /** The plan shop knows two alerts, the plan books none. */
  private static final class WithAlerts implements Plans {
    private final Plans known = new KnownPlans("shop", "books");

    @Override
    public List<Plan> all() {
      return known.all().stream().map(WithAlerts::withAlerts).toList();
    }

    @Override
    public Optional<Plan> find(PlanId id) {
      return known.find(id).map(WithAlerts::withAlerts);
    }

    private static Plan withAlerts(Plan plan) {
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
                      new CriteriaRules.Alert("alertname", "Errors", Criterion.ERRORS_CRITICAL),
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
}

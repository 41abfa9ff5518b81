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

/** Alerts arrive; the plan shop knows two of them, the plan books none. */
abstract class AlertsAndPlans {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final RunKey KEY = new RunKey("alerts-shop-20260301-120000");
  final WithAlerts plans = new WithAlerts();
  Instant now = NOON.plus(Duration.ofMinutes(2));
  final Clock clock =
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
  final InMemoryJournal journal = new InMemoryJournal(clock);
  final InMemoryRuns runs = new InMemoryRuns(plans, journal);
  boolean failing;
  final List<String> declared = new ArrayList<>();
  final Measurements measurements = new Noted();
  final Incidents incidents = new Incidents(plans, runs, journal, measurements, clock);
  final KeptAlerts ledger = new KeptAlerts();
  Alerts alerts = alerts();

  Alerts alerts() {
    return new Alerts(plans, incidents, measurements, ledger, clock);
  }

  /** The plan shop knows two alerts, the plan books none. */
  static final class WithAlerts implements Plans {
    private final Plans known = new KnownPlans("shop", "books");
    Criterion errors = Criterion.ERRORS_CRITICAL;

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

  final class Noted implements Measurements {
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

  static Alert alert(String name, String instance, boolean firing, Instant start) {
    return new Alert(
        firing,
        Map.of("alertname", name, "instance", instance),
        name + " on " + instance,
        start,
        start.plusSeconds(60));
  }

  Alerts.Received receive(Alert... sent) {
    return alerts.receive(List.of(sent), "prometheus");
  }

  String text(String milestone) {
    return journal
        .newestMilestone(KEY, milestone)
        .map(entry -> entry.evidence().toString())
        .orElse("");
  }
}

package dev.repli.incident;

import dev.repli.incident.Incident.Status;
import dev.repli.plan.Criterion;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs.Run;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes alerts in: the plans say which alert means which criterion. All alerts of one plan are one
 * incident, however many there are. A criterion holds while any alert for it fires; what fires
 * again with a start before its own end is a replay and changes nothing.
 */
public final class Alerts {
  /** Label with which an alert can name its plan. */
  private static final String PLAN_LABEL = "repli_plan";

  private static final String PREFIX = "alerts-";
  private static final int LONGEST = 400;
  private static final int REMEMBERED = 10_000;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Plans plans;
  private final Incidents incidents;
  private final Measurements measurements;

  /** What fires now, and when each alert ended; forgotten at a restart, refilled by repeats. */
  private final Map<PlanId, Map<Criterion, Set<String>>> firing = new HashMap<>();

  private final Map<String, Instant> ended = new LinkedHashMap<>();

  public Alerts(Plans plans, Incidents incidents, Measurements measurements) {
    this.plans = plans;
    this.incidents = incidents;
    this.measurements = measurements;
  }

  /** What became of the alerts: how many a plan knows, and what came of each plan's incident. */
  public record Received(int matched, List<Intake> intakes) {
    public Received {
      intakes = List.copyOf(intakes);
    }
  }

  /** One alert and what it means. */
  private record Match(Alert alert, Criterion criterion) {}

  /**
   * @param by authenticated user who sent them
   */
  public synchronized Received receive(List<Alert> alerts, String by) {
    int matched = 0;
    List<Intake> intakes = new ArrayList<>();
    for (Plan plan : plans.all()) {
      List<Match> matches = alerts.stream().flatMap(alert -> match(plan, alert).stream()).toList();
      matched += matches.size();
      List<Match> news = matches.stream().filter(match -> isNews(plan.id(), match)).toList();
      if (!news.isEmpty()) {
        news.forEach(match -> note(plan.id(), match));
        news.stream()
            .map(Match::criterion)
            .distinct()
            .forEach(
                criterion -> measurements.declared(plan, criterion, holds(plan.id(), criterion)));
        intakes.add(incidents.receive(incident(plan.id(), news), by));
      }
    }
    return new Received(matched, intakes);
  }

  private static Optional<Match> match(Plan plan, Alert alert) {
    String named = alert.labels().getOrDefault(PLAN_LABEL, plan.id().value());
    return plan.criteria().alerts().stream()
        .filter(known -> named.equals(plan.id().value()))
        .filter(known -> known.value().equals(alert.labels().get(known.label())))
        .findFirst()
        .map(known -> new Match(alert, known.criterion()));
  }

  private boolean isNews(PlanId plan, Match match) {
    Instant end = ended.get(plan + " " + match.alert().identity());
    return end == null || (match.alert().firing() && match.alert().startedAt().isAfter(end));
  }

  private void note(PlanId plan, Match match) {
    String identity = match.alert().identity();
    Set<String> now =
        firing
            .computeIfAbsent(plan, id -> new HashMap<>())
            .computeIfAbsent(match.criterion(), criterion -> new HashSet<>());
    if (match.alert().firing()) {
      now.add(identity);
      ended.remove(plan + " " + identity);
    } else {
      now.remove(identity);
      ended.put(plan + " " + identity, match.alert().endedAt());
      if (ended.size() > REMEMBERED) {
        ended.remove(ended.keySet().iterator().next());
      }
    }
  }

  private boolean holds(PlanId plan, Criterion criterion) {
    return !firing.getOrDefault(plan, Map.of()).getOrDefault(criterion, Set.of()).isEmpty();
  }

  private Incident incident(PlanId plan, List<Match> news) {
    boolean over = firing.getOrDefault(plan, Map.of()).values().stream().allMatch(Set::isEmpty);
    Alert first =
        news.stream().map(Match::alert).min(Comparator.comparing(Alert::startedAt)).orElseThrow();
    RunKey fresh = new RunKey(PREFIX + plan + "-" + STAMP.format(first.startedAt()));
    RunKey id =
        incidents
            .active(plan)
            .map(Run::key)
            .filter(key -> key.value().startsWith(PREFIX + plan + "-"))
            .orElse(fresh);
    String what = news.size() == 1 ? first.summary() : news.size() + " alerts: " + first.summary();
    return new Incident(
        id,
        plan,
        "alertmanager",
        Optional.empty(),
        what.length() <= LONGEST ? what : what.substring(0, LONGEST),
        first.startedAt(),
        new TreeMap<>(),
        over ? Status.RESOLVED : Status.FIRING);
  }
}

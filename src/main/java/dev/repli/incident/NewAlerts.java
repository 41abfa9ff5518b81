package dev.repli.incident;

import dev.repli.incident.AlertLedger.Known;
import dev.repli.plan.Plan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which alerts mean something to a plan, and which of them say what was not known before. */
final class NewAlerts {
  /** Label with which an alert can name its plan. */
  private static final String PLAN_LABEL = "repli_plan";

  /** A message about an alert that is delivered twice, or late, arrives within this time. */
  private static final Duration REPLAYED = Duration.ofMinutes(2);

  /** What is said to happen later than this has the time of a wrong clock. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private final AlertLedger ledger;
  private final Clock clock;

  NewAlerts(AlertLedger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Those for which the plan has a criterion. */
  List<AlertMatch> matches(Plan plan, List<Alert> alerts) {
    return alerts.stream().flatMap(alert -> match(plan, alert).stream()).toList();
  }

  private Optional<AlertMatch> match(Plan plan, Alert alert) {
    String named = alert.labels().getOrDefault(PLAN_LABEL, plan.id().value());
    return plan.criteria().alerts().stream()
        .filter(known -> named.equals(plan.id().value()))
        .filter(known -> known.value().equals(alert.labels().get(known.label())))
        .findFirst()
        .map(known -> new AlertMatch(alert, alert.id(), known.criterion(), possible(alert.at())));
  }

  /** A wrong clock must not make an alert that no later one can replace. */
  private Instant possible(Instant at) {
    Instant now = now();
    return at.isAfter(now.plus(AHEAD)) ? now : at;
  }

  /** To the millisecond, as the ledger keeps it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Of the same alert in one message the newest counts. */
  AlertNews news(Plan plan, List<AlertMatch> matches) {
    Map<String, AlertMatch> newest = new LinkedHashMap<>();
    matches.stream()
        .sorted(Comparator.comparing(AlertMatch::at))
        .forEach(match -> newest.put(match.id(), match));
    Map<String, Known> before =
        newest.isEmpty() ? Map.of() : ledger.known(plan.id(), newest.keySet());
    List<AlertMatch> news =
        newest.values().stream()
            .map(match -> placed(match, Optional.ofNullable(before.get(match.id()))))
            .filter(match -> isNews(match, Optional.ofNullable(before.get(match.id()))))
            .toList();
    return new AlertNews(plan, news, before);
  }

  /**
   * Where an alert stands beside what is known of it. One that fires with its old start a while
   * after its end was lost by the monitoring system meanwhile, and goes on. One that ends after it
   * began does so also when the clock went back since.
   */
  private AlertMatch placed(AlertMatch match, Optional<Known> before) {
    if (before.isEmpty()) {
      return match;
    }
    Known known = before.get();
    if (match.alert().firing()) {
      boolean again =
          !known.firing()
              && !match.at().isAfter(known.at())
              && now().isAfter(known.at().plus(REPLAYED));
      return again ? match.at(now()) : match;
    }
    boolean back =
        known.firing()
            && match.at().isBefore(known.at())
            && !match.alert().at().isBefore(known.at());
    return back ? match.at(known.at()) : match;
  }

  /** A repeat of what fires is none, but it makes good what failed the time before. */
  private static boolean isNews(AlertMatch match, Optional<Known> before) {
    boolean firing = match.alert().firing();
    Instant at = match.at();
    return before
        .map(
            known ->
                known.firing()
                    ? firing || !at.isBefore(known.at())
                    : firing ? at.isAfter(known.at()) : known.run().isEmpty())
        .orElse(true);
  }
}

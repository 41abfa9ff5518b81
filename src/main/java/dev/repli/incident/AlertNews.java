package dev.repli.incident;

import dev.repli.incident.AlertLedger.Known;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alerts that say something new, and what was known of them before. */
record AlertNews(Plan plan, List<AlertMatch> matches, Map<String, Known> before) {
  boolean someFire() {
    return matches.stream().anyMatch(match -> match.alert().firing());
  }

  /** What fires, and no incident has taken in. */
  List<AlertMatch> begun() {
    return matches.stream()
        .filter(match -> match.alert().firing() && run(match).isEmpty())
        .toList();
  }

  Optional<RunKey> newestRun() {
    return matches.stream()
        .flatMap(match -> run(match).stream())
        .max(Comparator.comparing(RunKey::value));
  }

  /** The incident that has taken this alert in, as long as it is the same time that it fires. */
  Optional<RunKey> run(AlertMatch match) {
    return Optional.ofNullable(before.get(match.id()))
        .filter(Known::firing)
        .filter(known -> !match.alert().firing() || !match.at().isAfter(known.at()))
        .flatMap(Known::run);
  }
}

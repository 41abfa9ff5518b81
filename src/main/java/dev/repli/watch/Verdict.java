package dev.repli.watch;

import dev.repli.criteria.Judgement;
import dev.repli.criteria.Reading;
import dev.repli.criteria.Ruling.Outcome;
import dev.repli.criteria.Ruling.Severity;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the criteria said, as far as it is compared with what they say later. */
record Verdict(Outcome outcome, Severity severity) {
  private static final Comparator<Verdict> BY_GRAVITY =
      Comparator.comparing(Verdict::outcome).thenComparing(Verdict::severity);

  private static final String OUTCOME = "outcome";
  private static final String SEVERITY = "severity";

  /** Fact: the criteria that held when it was reported. */
  static final String HELD = "held";

  static Verdict of(Judgement found) {
    return new Verdict(found.outcome(), found.severity());
  }

  /** As it was kept with a report; empty where nobody kept one. */
  static Optional<Verdict> of(Map<String, String> facts) {
    String outcome = facts.get(OUTCOME);
    String severity = facts.get(SEVERITY);
    return outcome == null || severity == null
        ? Optional.empty()
        : Optional.of(new Verdict(Outcome.valueOf(outcome), Severity.valueOf(severity)));
  }

  /** To be kept with a report. */
  Map<String, String> facts(Judgement found) {
    String held =
        found.readings().stream()
            .filter(reading -> reading.state() == Reading.State.HELD)
            .map(reading -> reading.criterion().word())
            .collect(Collectors.joining(WatchJournal.SEPARATOR));
    Map<String, String> kept = Map.of(OUTCOME, outcome.name(), SEVERITY, severity.name());
    return held.isEmpty() ? kept : WatchJournal.with(kept, HELD, held);
  }

  boolean callsForRollback() {
    return outcome == Outcome.ROLLBACK_NOW || outcome == Outcome.ROLLBACK_RECOMMENDED;
  }

  boolean isWorseThan(Verdict other) {
    return BY_GRAVITY.compare(this, other) > 0;
  }

  Verdict milder(Verdict other) {
    return isWorseThan(other) ? other : this;
  }
}

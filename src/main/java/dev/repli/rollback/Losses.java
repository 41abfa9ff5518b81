package dev.repli.rollback;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.journal.Ledger;
import dev.repli.journal.Ledgers;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run cost, as facts of its closing message. Exactly one of {@code nothingLost}, {@code
 * rowsLost} and {@code lossUnknown} is among them: what is not proved is not called nothing.
 */
public final class Losses {
  private static final String UNKNOWN = "lossUnknown";
  private final Journal journal;

  public Losses(Journal journal) {
    this.journal = journal;
  }

  /** Of what has no ledger. */
  public static Map<String, String> unknown() {
    return Map.of(UNKNOWN, "yes");
  }

  public Map<String, String> facts(RunKey run) {
    Map<String, String> facts = new HashMap<>();
    Optional<Ledger> ledger = new Ledgers(journal).find(run).map(signed -> signed.ledger());
    ledger.filter(Ledger::probed).ifPresent(counts -> counts(facts, counts));
    outage(run, ledger)
        .ifPresent(outage -> facts.put("outageMs", Long.toString(outage.toMillis())));
    loss(run, ledger).ifPresentOrElse(lost -> said(facts, lost), () -> facts.putAll(unknown()));
    return facts;
  }

  /** Of a run without a ledger as the steps that stopped the server and opened it measured it. */
  private Optional<Duration> outage(RunKey run, Optional<Ledger> ledger) {
    return ledger.isPresent() ? ledger.flatMap(Ledger::writeOutage) : inPlace(run);
  }

  /** How long nobody could write while a server went back in place; empty when nobody measured. */
  Optional<Duration> inPlace(RunKey run) {
    return journal
        .newestMilestone(run, "IN_PLACE_WRITES_AGAIN")
        .map(
            entry ->
                entry.evidence() instanceof Milestone measured
                    ? measured.facts().get("outageMs")
                    : null)
        .map(Long::valueOf)
        .map(Duration::ofMillis);
  }

  private static void counts(Map<String, String> facts, Ledger ledger) {
    facts.put("acknowledged", Long.toString(ledger.acknowledged()));
    facts.put("lost", Long.toString(ledger.lost()));
    facts.put("duplicated", Long.toString(ledger.duplicated()));
    facts.put("aborted", Long.toString(ledger.aborted()));
  }

  private static void said(Map<String, String> facts, long lost) {
    facts.put(lost == 0 ? "nothingLost" : "rowsLost", lost == 0 ? "yes" : Long.toString(lost));
  }

  /** Rows that did not come along; empty when nothing counts them. */
  private Optional<Long> loss(RunKey run, Optional<Ledger> ledger) {
    if (!new MissingInDelta(journal).texts(run).isEmpty()) {
      return Optional.empty(); // rows were found by their times: what nobody found nobody can count
    }
    long probe = ledger.filter(Ledger::probed).map(Ledger::lost).orElse(0L);
    Optional<Long> leftBehind =
        journal
            .newestMilestone(run, "DELTA_CARRIED", "STREAM_LEFT_OUT")
            .map(JournalEntry::evidence)
            .map(Losses::left);
    return leftBehind
        .map(rows -> rows + probe)
        .or(() -> ledger.filter(Ledger::probed).map(Ledger::lost));
  }

  private static long left(Object evidence) {
    return evidence instanceof Milestone delta
        ? number(delta, "abandoned") + number(delta, "deadLettered")
        : 0;
  }

  private static long number(Milestone delta, String fact) {
    return Long.parseLong(delta.facts().getOrDefault(fact, "0"));
  }
}

package dev.repli.watch;

import dev.repli.criteria.Judgement;
import dev.repli.criteria.Reading;
import dev.repli.criteria.Ruling.Outcome;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells people, once for each outage, that criteria are armed and see nothing: numbers are missing
 * for long, so nobody would hear of a breach. Says so again when there are numbers.
 */
final class BlindCriteria {
  /** A source that is restarted is back before. */
  private static final Duration LONG = Duration.ofMinutes(15);

  private final CriteriaJournal journal;
  private final Clock clock;

  BlindCriteria(CriteriaJournal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * @param found written into the journal before
   */
  void look(RunKey cutover, Judgement found) {
    boolean told = journal.isBlind(cutover);
    if (found.outcome() == Outcome.INCONCLUSIVE) {
      if (!told && lastsLong(cutover)) {
        journal.blind(cutover, "the cutover does", missing(found));
      }
    } else if (told && !Verdict.of(found).callsForRollback()) {
      // a breach that is seen says nothing of the numbers that are missing
      journal.sees(cutover, found);
    }
  }

  /**
   * The same for a round of the watch after a rollback.
   *
   * @param missing criteria that nobody can judge; empty when all can be
   * @param since when that was so first; empty when it is not so
   */
  void round(RunKey watch, Judgement found, List<String> missing, Optional<Instant> since) {
    boolean told = journal.isBlind(watch);
    if (!told && since.filter(this::isLongAgo).isPresent()) {
      journal.blind(watch, "it goes after the rollback", String.join(", ", missing));
    } else if (told && missing.isEmpty() && !Verdict.of(found).callsForRollback()) {
      journal.sees(watch, found);
    }
  }

  private boolean isLongAgo(Instant since) {
    return !clock.instant().isBefore(since.plus(LONG));
  }

  private boolean lastsLong(RunKey cutover) {
    return journal.judgedAt(cutover).filter(this::isLongAgo).isPresent();
  }

  private static String missing(Judgement found) {
    return found.readings().stream()
        .filter(reading -> reading.state() == Reading.State.UNKNOWN)
        .map(reading -> reading.criterion().word())
        .collect(Collectors.joining(", "));
  }
}

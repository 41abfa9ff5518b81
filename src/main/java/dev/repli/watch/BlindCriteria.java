package dev.repli.watch;

import dev.repli.criteria.Judgement;
import dev.repli.criteria.Reading;
import dev.repli.criteria.Ruling.Outcome;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
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
        journal.blind(cutover, missing(found));
      }
    } else if (told && !Verdict.of(found).callsForRollback()) {
      // a breach that is seen says nothing of the numbers that are missing
      journal.sees(cutover, found);
    }
  }

  private boolean lastsLong(RunKey cutover) {
    return journal
        .judgedAt(cutover)
        .filter(since -> !clock.instant().isBefore(since.plus(LONG)))
        .isPresent();
  }

  private static String missing(Judgement found) {
    return found.readings().stream()
        .filter(reading -> reading.state() == Reading.State.UNKNOWN)
        .map(reading -> reading.criterion().word())
        .collect(Collectors.joining(", "));
  }
}

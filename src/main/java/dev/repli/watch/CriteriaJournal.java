package dev.repli.watch;

import dev.repli.criteria.Judgement;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.run.RunKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What armed criteria write into the journal of their cutover, and know from there. */
final class CriteriaJournal {
  private static final String JUDGED = "WATCH_CRITERIA";
  private static final String BLIND = "CRITERIA_BLIND";
  private static final String SEES = "CRITERIA_SEEN_AGAIN";
  private static final String STATE = "state";
  private static final String MESSAGE = "message";

  private final Journal journal;

  CriteriaJournal(Journal journal) {
    this.journal = journal;
  }

  /** Only when it is another verdict than before: criteria are looked at often. */
  void judged(RunKey run, Judgement found) {
    String verdict = found.outcome().name();
    boolean same =
        journal
            .newestMilestone(run, JUDGED)
            .map(JournalEntry::evidence)
            .filter(any -> any instanceof Milestone last && verdict.equals(last.facts().get(STATE)))
            .isPresent();
    if (!same) {
      journal.append(
          run,
          new Milestone(
              JUDGED, "Criteria armed, verdict: " + found.inWords(), Map.of(STATE, verdict)));
    }
  }

  /** Since when the verdict is what it is; empty when there is none. */
  Optional<Instant> judgedAt(RunKey run) {
    return journal.newestMilestone(run, JUDGED).map(JournalEntry::at);
  }

  /** Whether people were told that nobody sees, and not that somebody sees again. */
  boolean isBlind(RunKey run) {
    return journal
        .newestMilestone(run, BLIND, SEES)
        .map(JournalEntry::evidence)
        .filter(any -> any instanceof Milestone last && last.name().equals(BLIND))
        .isPresent();
  }

  /**
   * @param watched for people, for example {@code the cutover does}
   * @param missing criteria without numbers, for people
   */
  void blind(RunKey run, String watched, String missing) {
    String text =
        "Nobody can tell how %s: for 15 min numbers are missing for %s; mend where they come from, and look yourselves until then"
            .formatted(watched, missing.isEmpty() ? "its criteria" : missing);
    journal.append(run, new Milestone(BLIND, text, Map.of(MESSAGE, "criteria-blind")));
  }

  void sees(RunKey run, Judgement found) {
    String text = "The criteria can be judged again, verdict: " + found.inWords();
    journal.append(run, new Milestone(SEES, text, Map.of(MESSAGE, "criteria-seen-again")));
  }
}

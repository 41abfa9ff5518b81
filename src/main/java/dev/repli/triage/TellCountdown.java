package dev.repli.triage;

import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.JournalEntry;
import dev.repli.journal.Shown;
import dev.repli.plan.Plan;
import dev.repli.rollback.Announcements;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells those who can stop a rollback that starts by itself, and when it starts. */
public final class TellCountdown {
  private static final String BEGUN = "COUNTDOWN_BEGUN";
  private static final String OVER = "startsAt";
  private final TriageJournal journal;
  private final Clock clock;

  TellCountdown(TriageJournal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Once for each countdown, however often its begin is repeated.
   *
   * @return for people, when the rollback starts: never later than it does
   */
  public String begins(RunKey run, Plan plan) {
    Instant now = clock.instant();
    Optional<Instant> told =
        journal.newestOf(run, BEGUN, TriageJournal.DECISION_TAKEN).flatMap(TellCountdown::over);
    Instant starts =
        told.filter(at -> at.isAfter(now))
            .orElseGet(() -> now.plus(plan.criteria().decision().countdown()));
    String words = Shown.second(starts);
    if (told.filter(starts::equals).isEmpty()) {
      tell(run, plan, starts, words);
    }
    return words;
  }

  private static Optional<Instant> over(JournalEntry entry) {
    return entry.evidence() instanceof Milestone begun
        ? Optional.ofNullable(begun.facts().get(OVER)).map(Instant::parse)
        : Optional.empty();
  }

  private void tell(RunKey run, Plan plan, Instant starts, String words) {
    String verdict = journal.verdict(run);
    String text =
        "The rollback of incident %s starts by itself at %s unless somebody stops it. %s"
            .formatted(run, words, verdict)
            .strip();
    Map<String, String> facts = new HashMap<>();
    facts.put(Announcements.MESSAGE, "countdown");
    facts.put("incident", run.value());
    facts.put("starts", words);
    facts.put("verdict", verdict);
    List<Evidence> entries = new ArrayList<>();
    Map<String, String> begun = new HashMap<>(facts);
    begun.put(OVER, starts.toString());
    entries.add(new Milestone(BEGUN, text, begun));
    entries.addAll(CallChain.firsts(plan, text, facts));
    journal.writeAll(run, entries);
  }
}

package dev.repli.watch;

import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.run.RunKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a watch has seen so far, from the journal. */
public final class WatchRounds {
  private final Journal journal;

  public WatchRounds(Journal journal) {
    this.journal = journal;
  }

  /**
   * One look.
   *
   * @param state name of a {@link WatchAfterRollback.State}
   */
  public record Round(Instant at, String state, String text, List<Measured> seen) {
    public Round {
      seen = List.copyOf(seen);
    }
  }

  /** Oldest first; of a watch, or of the rollback that it follows. Empty when there is none. */
  public List<Round> of(RunKey key) {
    List<Round> own = rounds(key);
    return own.isEmpty() ? rounds(key.followedBy("-watch")) : own;
  }

  private List<Round> rounds(RunKey run) {
    List<Round> rounds = new ArrayList<>();
    List<Measured> seen = new ArrayList<>();
    for (JournalEntry entry : journal.read(run)) {
      if (entry.evidence() instanceof Measured measured) {
        seen.add(measured);
      } else if (entry.evidence() instanceof Milestone milestone
          && milestone.name().equals(WatchJournal.LOOKED)) {
        String state = milestone.facts().getOrDefault("state", "GOOD");
        rounds.add(new Round(entry.at(), state, milestone.text(), seen));
        seen.clear();
      }
    }
    return rounds;
  }
}

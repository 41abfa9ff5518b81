package dev.repli.rollback;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.util.Map;

/** Tells people what is going on. A later channel is another listener of the same text. */
public interface Announcements {
  void announce(RunKey run, String text);

  /** The one place that chooses between telling and only saying what would be told. */
  static Announcements in(Journal journal, boolean dryRun) {
    return dryRun
        ? (run, text) -> write(journal, run, "ANNOUNCEMENT_PLANNED", "Would announce: " + text)
        : (run, text) -> write(journal, run, "ANNOUNCED", text);
  }

  private static void write(Journal journal, RunKey run, String name, String text) {
    journal.append(run, new Milestone(name, text, Map.of()));
  }
}

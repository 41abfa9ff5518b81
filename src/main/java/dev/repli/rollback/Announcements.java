package dev.repli.rollback;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.util.Map;

/**
 * Tells people what is going on: writes it into the journal, where {@code dev.repli.communication}
 * finds it and sends it to whom it concerns. So no channel can hold a run up.
 */
public interface Announcements {
  /** Fact that names the message, by the word of its template. */
  String MESSAGE = "message";

  /**
   * Announces.
   *
   * @param text for the technical channel
   * @param facts what the message to others is filled with, {@link #MESSAGE} among them; names that
   *     end in {@code Ms} are milliseconds, in {@code At} times in ISO-8601
   */
  void announce(RunKey run, String text, Map<String, String> facts);

  /** Only for those who follow each step. */
  default void announce(RunKey run, String text) {
    announce(run, text, Map.of());
  }

  /** The entry alone, for what has to be appended together with others or not at all. */
  static Milestone announced(String text, Map<String, String> facts) {
    return new Milestone("ANNOUNCED", text, facts);
  }

  /** The same, or in a dry run what would be told. */
  static Milestone entry(boolean dryRun, String text) {
    return dryRun
        ? new Milestone("ANNOUNCEMENT_PLANNED", "Would announce: " + text, Map.of())
        : announced(text, Map.of());
  }

  /** The one place that chooses between telling and only saying what would be told. */
  static Announcements in(Journal journal, boolean dryRun) {
    return dryRun
        ? (run, text, facts) ->
            write(journal, run, "ANNOUNCEMENT_PLANNED", "Would announce: " + text, facts)
        : (run, text, facts) -> write(journal, run, "ANNOUNCED", text, facts);
  }

  private static void write(
      Journal journal, RunKey run, String name, String text, Map<String, String> facts) {
    journal.append(run, new Milestone(name, text, facts));
  }
}

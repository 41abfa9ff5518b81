package dev.repli.inplace;

import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.Milestone;
import java.time.Duration;
import java.util.Map;

/** Milestones without facts, and what a dry run would have done. */
final class Notes {
  private Notes() {}

  static Milestone milestone(String name, String text) {
    return new Milestone(name, text, Map.of());
  }

  /** An act that was not done. */
  static Evidence planned(String where, String command) {
    return new CommandRun(where, command, Duration.ZERO, "dry run: not run");
  }
}

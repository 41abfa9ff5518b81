package dev.repli.inplace;

import dev.repli.journal.Evidence.Milestone;
import java.util.Map;

/** Milestones without facts. */
final class Notes {
  private Notes() {}

  static Milestone milestone(String name, String text) {
    return new Milestone(name, text, Map.of());
  }
}

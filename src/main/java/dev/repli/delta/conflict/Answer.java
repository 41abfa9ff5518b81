package dev.repli.delta.conflict;

import java.util.Locale;

/** What can be decided about a conflict. */
public enum Answer {
  /** The source keeps what it has. */
  TAKE_SOURCE,
  /** The source gets what the target has. */
  TAKE_TARGET,
  /** The source gets what a person wrote. */
  EDIT,
  /** Nothing is changed; the changes stay in the list of dead letters. */
  DEAD_LETTER;

  /** The word in calls: {@code take-source}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package dev.repli.postmortem;

import java.time.LocalDate;
import java.util.Locale;

/**
 * Something that somebody promised.
 *
 * @param place 1, 2, 3, … within the post-mortem
 * @param owner user who does it
 * @param due last day, in UTC
 */
public record Action(int place, String owner, LocalDate due, String what, State state) {

  /** How far it is. */
  public enum State {
    OPEN,
    DONE,
    NOT_NEEDED;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}

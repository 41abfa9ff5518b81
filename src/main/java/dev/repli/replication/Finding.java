package dev.repli.replication;

/**
 * One thing that was looked at before a set-up.
 *
 * @param what was looked at, for people
 * @param where node, for people
 * @param found what was seen and, where it is bad, how to mend it
 */
public record Finding(Verdict verdict, String what, String where, String found) {

  /** What it means for the set-up. */
  public enum Verdict {
    GOOD,
    /** Worth knowing, stops nothing. */
    NOTE,
    /** The set-up does not begin until somebody mends it. */
    BAD
  }

  static Finding good(String what, String where, String found) {
    return new Finding(Verdict.GOOD, what, where, found);
  }

  static Finding note(String what, String where, String found) {
    return new Finding(Verdict.NOTE, what, where, found);
  }

  static Finding bad(String what, String where, String found) {
    return new Finding(Verdict.BAD, what, where, found);
  }

  @Override
  public String toString() {
    return what + ", " + where + ": " + found;
  }
}

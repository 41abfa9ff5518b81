package dev.repli.rollback;

/**
 * One thing that was looked at.
 *
 * @param what was looked at, for people
 * @param where node or route, for people; may be empty
 * @param found what was seen, with units
 */
public record Finding(Verdict verdict, String what, String where, String found) {

  /** What a finding means for the rollback. */
  public enum Verdict {
    /** As it has to be. */
    GOOD,
    /** Worth knowing, stops nothing. */
    NOTE,
    /** The rollback can go on, but acknowledged writes can be lost. */
    RISK,
    /** The rollback cannot go on until somebody mends it. */
    BAD
  }

  public static Finding good(String what, String where, String found) {
    return new Finding(Verdict.GOOD, what, where, found);
  }

  public static Finding note(String what, String where, String found) {
    return new Finding(Verdict.NOTE, what, where, found);
  }

  public static Finding risk(String what, String where, String found) {
    return new Finding(Verdict.RISK, what, where, found);
  }

  public static Finding bad(String what, String where, String found) {
    return new Finding(Verdict.BAD, what, where, found);
  }

  public static Finding expect(boolean asItHasToBe, String what, String where, String found) {
    return asItHasToBe ? good(what, where, found) : bad(what, where, found);
  }

  @Override
  public String toString() {
    return what + (where.isEmpty() ? "" : ", " + where) + ": " + found;
  }
}

package dev.repli.database;

/**
 * A MySQL whose option file fences it comes back from a restart with more than read_only, and then
 * refuses what Repli writes there, too.
 */
public final class SuperReadOnly {
  private static final String REFUSED = "--super-read-only";

  /** What a server answered, and before it what mends it when it was that. */
  public static String explained(String answer) {
    return answer.contains(REFUSED)
        ? "run SET GLOBAL super_read_only = OFF on the source (read_only stays ON): " + answer
        : answer;
  }

  private SuperReadOnly() {}
}

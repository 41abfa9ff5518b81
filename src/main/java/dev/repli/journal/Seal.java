package dev.repli.journal;

import java.util.StringJoiner;

/**
 * One hash over the ends of all chains, in the order in which the runs were started. Whoever notes
 * it down can prove later that nothing before it was changed.
 */
public final class Seal {
  private final StringJoiner ends = new StringJoiner("\n");

  /** Adds the newest entry of the next run. */
  public void add(String run, long seq, String hash) {
    ends.add(run + " " + seq + " " + hash);
  }

  /** SHA-256 in hex. */
  public String hex() {
    return Link.sha256(ends.toString());
  }
}

package dev.repli.route;

import java.util.OptionalInt;

/**
 * How many connections a route allows to a node.
 *
 * @param atMost {@link #NONE} when it sets no limit
 * @param open how many it has there now, in use or kept ready
 */
public record ConnectionLimit(int atMost, int open) {
  /** As good as no limit. */
  public static final int NONE = Integer.MAX_VALUE;

  /** For Repli's own probe, and for clients that leave and come back meanwhile. */
  private static final int RESERVE = 4;

  /** A quiet route must not become a bottleneck: what waits too long gets an error. */
  private static final int LEAST = 10;

  /**
   * The limit under which everything that is open goes on, and not much more is let in; empty when
   * the present one is as low already.
   */
  public OptionalInt lowered() {
    long wanted = Math.max((long) open + RESERVE, LEAST);
    return wanted < atMost ? OptionalInt.of((int) wanted) : OptionalInt.empty();
  }

  /** For people. */
  public static String inWords(int atMost) {
    return atMost == NONE ? "no limit" : "at most " + atMost;
  }
}

package dev.repli.database;

import java.time.Duration;

/**
 * A client's connection, as an application has it: through a route's endpoint or straight to a
 * node, with the probe's account. Used by the write probe and for canary writes. Not for use by
 * several threads.
 */
public interface ProbeConnection extends AutoCloseable {
  /**
   * Writes one row into {@code repli_probe.probe_write} and commits it; bounded by the time limit
   * given at opening.
   */
  Ack write(String run, String id);

  /** Outcome of one write. */
  sealed interface Ack {
    /** Committed, as the server said. */
    record Acknowledged() implements Ack {}

    /**
     * Refused, certainly not executed (fenced, held too long): the server's error code and text.
     */
    record Refused(int code, String why) implements Ack {}

    /**
     * The connection broke; whether it was executed is unknown. The connection is of no more use.
     */
    record Unknown(String why) implements Ack {}
  }

  @Override
  void close();

  /** Longest time one write may take before it counts as {@link Ack.Unknown}. */
  Duration WRITE_LIMIT = Duration.ofSeconds(15);
}

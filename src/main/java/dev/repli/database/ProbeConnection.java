package dev.repli.database;

import java.time.Duration;
import java.util.Optional;

/**
 * A client's connection, as an application has it: through a route's endpoint or straight to a
 * node, with the probe's account. Used by the probes and for canary writes. Not for use by several
 * threads.
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

  /**
   * Reads once.
   *
   * @param query one SELECT that the server runs to its end, with columns whose names differ; its
   *     rows are counted, not fetched. Empty asks for nothing but the server's id
   * @param atMost a longer answer is none; the connection is of no more use then
   */
  Read read(Optional<String> query, Duration atMost);

  /** Outcome of one read. */
  sealed interface Read {
    /** By the server with this {@code server_id}. */
    record Answered(long serverId) implements Read {}

    /** Not answered, or with an error. */
    record Failed(String why) implements Read {}
  }

  @Override
  void close();

  /** Longest time one write may take before it counts as {@link Ack.Unknown}. */
  Duration WRITE_LIMIT = Duration.ofSeconds(15);
}

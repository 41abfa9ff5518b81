package dev.repli.delta;

import java.time.Duration;
import java.util.Set;

/**
 * Changes in the order in which the server committed them, pulled one by one. Memory does not grow
 * with the length of the stream or of a transaction. For one thread.
 */
public interface DeltaStream extends AutoCloseable {
  /**
   * The next event; {@link DeltaEvent.Passed} when none came within the time. After {@link
   * DeltaEvent.Statement} and {@link DeltaEvent.Finished} nothing follows.
   *
   * @throws UnreadableDeltaException when something cannot be read exactly; nothing can be read
   *     after it
   * @throws dev.repli.database.NodeException when the server does not answer
   */
  DeltaEvent next(Duration atMost);

  /** Abandoned tables of which changes were passed over so far, since they cannot be read. */
  default Set<String> passedOver() {
    return Set.of();
  }

  @Override
  void close();
}

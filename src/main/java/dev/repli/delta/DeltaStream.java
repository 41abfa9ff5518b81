package dev.repli.delta;

import java.time.Duration;

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

  @Override
  void close();
}

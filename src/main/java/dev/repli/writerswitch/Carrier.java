package dev.repli.writerswitch;

import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.journal.Evidence;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Brings what the old writer takes to a new writer that does not replicate from it. Which switches
 * need that says {@link SwitchRequest#carried}.
 */
@FunctionalInterface
public interface Carrier {
  /** For an application that never moves a writer without replication. */
  Carrier NONE =
      (request, evidence) -> {
        throw new IllegalStateException("nothing here carries changes without replication");
      };

  /**
   * Begins to carry, in the background, until the carriage is closed.
   *
   * @throws dev.repli.database.NodeException when a node cannot be reached
   * @throws IllegalStateException when it cannot begin as things are; the message says why
   */
  Carriage begin(SwitchRequest request, Consumer<Evidence> evidence);

  /** What is under way for one try of one switch. */
  interface Carriage extends AutoCloseable {
    /**
     * Waits until the new writer has everything up to the position of the old one. Never reached
     * while a change is held back for people.
     */
    CatchUp waitFor(Position position, Duration atMost);

    /** Nothing that this try began is written on the new writer any more. Repeatable. */
    @Override
    void close();
  }
}

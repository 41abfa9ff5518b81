package dev.repli.delta;

import dev.repli.plan.Node;
import java.time.Instant;
import java.util.Map;

/**
 * Rows that a time column says were written since an instant: what is left where no binary log
 * tells. Incomplete by nature: deleted rows, rows whose time was not touched and tables without
 * such a column are missing.
 */
public interface TimedRows {
  /**
   * Which tables can be looked at. Changes nothing.
   *
   * @param named column to use, by full name of the table; else one that the server sets at each
   *     update, or one called {@code updated_at}, that has an index
   * @throws dev.repli.database.NodeException when the server does not answer
   */
  TimedTables tables(Node node, Map<String, String> named);

  /**
   * What time it is for the server, whose clock sets the time columns.
   *
   * @throws dev.repli.database.NodeException when the server does not answer
   */
  Instant now(Node node);

  /**
   * The rows as of one instant: one transaction of {@link DeltaEvent.Found}, then {@link
   * DeltaEvent.Finished} at exactly the position of the server's history that they show. From there
   * its binary log goes on without a gap.
   *
   * @throws UnreadableDeltaException when the server cannot tell that position, or writes no binary
   *     log now
   * @throws dev.repli.database.NodeException when it does not answer
   */
  Stream open(Node node, TimedTables tables, Instant since);

  /** The rows of one instant. */
  interface Stream extends DeltaStream {
    /**
     * How many rows come, counted in the same instant. Takes as long as looking for them does.
     *
     * @throws dev.repli.database.NodeException when the server does not answer
     */
    long total();
  }
}

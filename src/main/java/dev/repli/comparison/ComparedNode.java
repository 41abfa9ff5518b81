package dev.repli.comparison;

import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One connection that reads a node for a comparison. Changes nothing. Not for use by several
 * threads. Every method throws {@link dev.repli.database.NodeException}.
 */
public interface ComparedNode extends AutoCloseable {
  Node node();

  /** All tables with rows, but the server's own and Repli's. */
  List<TableName> tables();

  /** Schemas with tables that the account may not read, so that {@link #tables} misses them. */
  List<String> hiddenSchemas();

  Optional<TableShape> shape(TableName table);

  /** {@code CHECKSUM TABLE}; empty where the server cannot tell. */
  OptionalLong checksum(TableName table);

  /** Key of the row that comes so many rows after the start; empty when the table ends before. */
  Optional<Key> keyAfter(ComparedTable table, Optional<Key> start, int rows);

  Digest digest(ComparedTable table, Part part);

  /** Digest of every bucket that is not empty, by number, in one pass. */
  Map<Integer, Digest> buckets(ComparedTable table, int of);

  /**
   * Every row of a part with its checksum; without a key: a hash of the row with how often it is
   * there.
   */
  Map<Key, Long> rows(ComparedTable table, Part part);

  /** Hash of each column of the rows with these keys; rows that are not there are left out. */
  Map<Key, Map<String, String>> cells(ComparedTable table, Collection<Key> keys);

  /**
   * As {@link #cells}, with these rows, and the places of those that are missing, kept from
   * changing until {@link #release}; empty when somebody else holds one of them.
   */
  Optional<Map<Key, Map<String, String>>> lockedCells(ComparedTable table, Collection<Key> keys);

  /** Lets them change again. Repeatable. */
  void release();

  /** In which language this node, which replicates, follows positions; empty when it does not. */
  Optional<Position.Kind> follows();

  /** Why this node does not follow now; empty when it receives and applies changes. At once. */
  Optional<String> stands();

  /** End of this node's history: all that was readable before is at or before it. */
  Position position(Position.Kind kind);

  /** Waits until this node has applied the position; bounded by the server. */
  CatchUp waitFor(Position position, Duration atMost);

  @Override
  void close();
}

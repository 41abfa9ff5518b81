package dev.repli.delta;

import java.time.Instant;

/**
 * What a stream of changes consists of. A transaction is {@link Begin}, its rows in their order,
 * {@link End}; between transactions stand {@link Passed} and {@link Statement}.
 */
public sealed interface DeltaEvent {
  /**
   * A transaction begins.
   *
   * @param gtid its own id, {@code 0-1-42} or {@code uuid:7}; empty when the server writes none
   * @param at where it stands: everything before it is done
   * @param written when the server wrote it, by its clock, in seconds
   */
  record Begin(String gtid, Place at, Instant written) implements DeltaEvent {}

  /** One row changed. */
  sealed interface RowChange extends DeltaEvent {
    DeltaTable table();
  }

  /** A new row. */
  record Insert(DeltaTable table, Row after) implements RowChange {}

  /** A row changed; its primary key may have changed, too. */
  record Update(DeltaTable table, Row before, Row after) implements RowChange {}

  /** A row is gone. */
  record Delete(DeltaTable table, Row before) implements RowChange {}

  /**
   * A row that a time column says was written since: what it was before, and whether it is new, is
   * not known. Only in a delta without a binary log, which is incomplete: deletes are missing.
   */
  record Found(DeltaTable table, Row now) implements RowChange {}

  /** The transaction is over and committed. */
  record End(Place after) implements DeltaEvent {}

  /**
   * Everything up to here was delivered: transactions of other schemas went by, or nothing came for
   * a while.
   */
  record Passed(Place after) implements DeltaEvent {}

  /**
   * A statement that changes more than rows: nothing can be read over it. The stream ends with it.
   *
   * @param sql at most 4 000 characters of it
   * @param before where reading stopped
   * @param after where reading can go on when people have decided about the statement
   */
  record Statement(Kind kind, String schema, String sql, Place before, Place after, Instant written)
      implements DeltaEvent {
    /** Why rows alone do not tell what it did. */
    public enum Kind {
      /** CREATE, ALTER, DROP, RENAME and their like. */
      DDL,
      /** All rows of a table went without being written one by one. */
      TRUNCATE,
      /** Rows changed by a statement that was written as text (binlog_format is not ROW). */
      STATEMENT_FORMAT
    }
  }

  /** The end that was asked for is reached; nothing follows. */
  record Finished(Place at) implements DeltaEvent {}
}

package dev.repli.delta;

import dev.repli.database.Position;

/**
 * A point between two transactions in one server's binary log, at which reading can be resumed.
 *
 * @param position all transactions up to here, in the server's language; a file and offset where
 *     the server writes no GTIDs
 * @param file binary log file, its name only
 * @param offset byte in it, from 4
 */
public record Place(Position position, String file, long offset) {
  @Override
  public String toString() {
    return position.kind() == Position.Kind.BINLOG_FILE
        ? position.value()
        : position.value() + " (" + file + ":" + offset + ")";
  }
}

package dev.repli.delta.imports.jdbc;

import java.sql.SQLException;

/**
 * A MySQL with super_read_only locks no row for anybody. Nobody changes one then, so that a look
 * without a lock says as much.
 */
final class FencedRead {
  /** The server's fence refuses the statement. */
  static final int REFUSED = 1290;

  private FencedRead() {}

  /** A query. */
  @FunctionalInterface
  interface Read<T> {
    T run() throws SQLException;
  }

  static <T> T of(Read<T> locked, Read<T> plain) throws SQLException {
    try {
      return locked.run();
    } catch (SQLException e) {
      if (e.getErrorCode() != REFUSED) {
        throw e;
      }
      return plain.run();
    }
  }
}

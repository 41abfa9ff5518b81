package dev.repli.journal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * H2's trigger that refuses to remove the head of a run or to move it back; named by the migration.
 */
public final class AppendOnlyHeads implements Trigger {
  /** Position of {@code last_seq} in the table. */
  private static final int LAST_SEQ = 3;

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    if (oldRow == null || newRow == null || lastSeq(newRow) <= lastSeq(oldRow)) {
      throw new SQLException("the journal is append-only", "45000");
    }
  }

  private static long lastSeq(Object[] row) {
    return ((Number) row[LAST_SEQ]).longValue();
  }
}

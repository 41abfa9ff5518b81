package dev.repli.journal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** H2's trigger that refuses to change or remove an entry; named by the migration. */
public final class AppendOnlyEntries implements Trigger {

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    throw new SQLException("the journal is append-only", "45000");
  }
}

package dev.repli.database.jdbc;

import dev.repli.database.NodeException;
import dev.repli.database.ProbeConnection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The probe's connection as any JDBC application has it, autocommit on. */
final class SqlProbe implements ProbeConnection {
  /**
   * Connection lost behind a proxy, statement interrupted, server going down: it may have been
   * executed.
   */
  private static final Set<Integer> OUTCOME_UNKNOWN = Set.of(1053, 1317, 1927, 2006, 2013, 2055);

  private final SqlLink link;
  private final PreparedStatement insert;

  SqlProbe(SqlLink link, PreparedStatement insert) {
    this.link = link;
    this.insert = insert;
  }

  @Override
  public Ack write(String run, String id) {
    try {
      insert.setString(1, run);
      insert.setString(2, id);
      insert.executeUpdate();
      return new Ack.Acknowledged();
    } catch (SQLException e) {
      String why = String.valueOf(link.failure("probing", e, "").getMessage());
      return SqlErrors.isBroken(e) || OUTCOME_UNKNOWN.contains(e.getErrorCode())
          ? new Ack.Unknown(why)
          : new Ack.Refused(e.getErrorCode(), why);
    }
  }

  /** On a line of its own, so that a comment at the end of the query ends there. */
  @Override
  public Read read(Optional<String> query, Duration atMost) {
    String rows =
        query.map(sql -> ", (SELECT COUNT(*) FROM (\n" + sql + "\n) AS repli_read)").orElse("");
    try {
      link.limit(atMost);
      return link.row("reading", "SELECT @@server_id" + rows, row -> row.getLong(1))
          .<Read>map(Read.Answered::new)
          .orElseGet(() -> new Read.Failed("no row was answered"));
    } catch (NodeException e) {
      return new Read.Failed(String.valueOf(e.getMessage()));
    } finally {
      link.usualLimit();
    }
  }

  @Override
  public void close() {
    link.close();
  }
}

package dev.repli.delta.timed;

import dev.repli.database.Position;
import dev.repli.database.jdbc.Connections;
import dev.repli.delta.Place;
import dev.repli.delta.TimedRows;
import dev.repli.delta.TimedTables;
import dev.repli.delta.UnreadableDeltaException;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Reads with Repli's own account, which needs SELECT on the applications' schemas; where it has
 * not, that is said. The snapshot's place in the binary log is MariaDB's {@code
 * binlog_snapshot_position}.
 */
@Component
public final class JdbcTimedRows implements TimedRows {
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(30);

  private final Connections connections;

  public JdbcTimedRows(Secrets secrets) {
    this.connections = new Connections(secrets);
  }

  @Override
  public TimedTables tables(Node node, Map<String, String> named) {
    try (Ask ask = connect(node)) {
      return new TimeColumns(ask, new TimedShapes(ask), named).choose();
    }
  }

  @Override
  public Instant now(Node node) {
    try (Ask ask = connect(node)) {
      return Instant.ofEpochSecond(Long.parseLong(ask.text("SELECT UNIX_TIMESTAMP() DIV 1")));
    }
  }

  private Ask connect(Node node) {
    if (node.kind() != Node.Kind.MARIADB) {
      throw new UnreadableDeltaException(
          node.label() + ": rows can be looked for by time columns on MariaDB only");
    }
    return new Ask(node, connections.openForRows(node, node.account(), ANSWER_LIMIT));
  }

  @Override
  public Stream open(Node node, TimedTables tables, Instant since) {
    Ask ask = connect(node);
    try {
      TimedShapes shapes = new TimedShapes(ask);
      ask.run(
          "SET NAMES utf8mb4",
          "SET SESSION time_zone = '+00:00', sql_mode = 'NO_AUTO_VALUE_ON_ZERO',"
              + " max_statement_time = 0",
          "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
          "START TRANSACTION WITH CONSISTENT SNAPSHOT");
      Place beginning = new Place(new Position(Position.Kind.MARIADB_GTID, ""), "", 0);
      return new TimedStream(ask, shapes, tables, since, beginning, shown(ask));
    } catch (RuntimeException e) {
      ask.close();
      throw e;
    }
  }

  /** What exactly the snapshot shows. */
  private static Place shown(Ask ask) {
    Map<String, String> status = new HashMap<>();
    for (List<String> row : ask.rows("SHOW STATUS LIKE 'binlog_snapshot_%'")) {
      status.put(row.get(0).toLowerCase(java.util.Locale.ROOT), row.get(1));
    }
    String file = status.getOrDefault("binlog_snapshot_file", "");
    String offset = status.getOrDefault("binlog_snapshot_position", "");
    if (file.isEmpty() || offset.isEmpty()) {
      throw new UnreadableDeltaException(
          ask.node().label()
              + " writes no binary log (log_bin is off): what comes after the rows could not be"
              + " followed; set log_bin in its option file and restart it, then try again");
    }
    String gtid =
        ask.text("SELECT BINLOG_GTID_POS('%s', %s)".formatted(file.replace("'", "''"), offset));
    return new Place(new Position(Position.Kind.MARIADB_GTID, gtid), file, Long.parseLong(offset));
  }
}

package dev.repli.database.mariadb;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Replication;
import dev.repli.database.Position;
import dev.repli.database.jdbc.SqlLink;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Replication by GTID. */
final class MariaDbReplication {
  private static final Duration MARGIN = Duration.ofMillis(500);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final int POLLS = 1000;

  private final SqlLink link;
  private final MariaDbActs acts;

  MariaDbReplication(SqlLink link, MariaDbActs acts) {
    this.link = link;
    this.acts = acts;
  }

  Replication look() {
    return link.row("looking at replication", "SHOW SLAVE STATUS", MariaDbReplication::read)
        .orElse(new Replication(false, false, false, Optional.empty(), 0, ""));
  }

  private static Replication read(ResultSet row) throws SQLException {
    String io = row.getString("Last_IO_Error");
    String sql = row.getString("Last_SQL_Error");
    return new Replication(
        true,
        "Yes".equals(row.getString("Slave_IO_Running")),
        "Yes".equals(row.getString("Slave_SQL_Running")),
        Optional.of(new Endpoint(row.getString("Master_Host"), row.getInt("Master_Port"))),
        row.getLong("Master_Server_Id"),
        (io + " " + sql).strip());
  }

  Position position() {
    return new Position(
        Position.Kind.MARIADB_GTID,
        link.text("reading the position", "SELECT @@GLOBAL.gtid_binlog_pos").orElse(""));
  }

  CatchUp waitFor(Position position, Duration atMost) {
    String doing = "waiting for position " + position;
    if (position.kind() != Position.Kind.MARIADB_GTID) {
      throw new NodeException(
          link.node(), doing, "not a MariaDB position", NodeException.Action.CORRECT_INPUT);
    }
    String seconds = String.format(Locale.ROOT, "%.3f", atMost.toMillis() / 1000.0);
    long begin = System.nanoTime();
    link.limit(atMost.plus(MARGIN));
    Optional<String> answer =
        link.text(doing, "SELECT MASTER_GTID_WAIT(?, " + seconds + ")", position.value());
    link.usualLimit();
    if (answer.filter("0"::equals).isPresent()) {
      return new CatchUp.Reached(Duration.ofNanos(System.nanoTime() - begin));
    }
    Replication state = look();
    return new CatchUp.NotReached(
        "position %s was not applied within %d ms (at %s, receiving: %s, applying: %s)%s"
            .formatted(
                position,
                atMost.toMillis(),
                link.text(doing, "SELECT @@GLOBAL.gtid_slave_pos").orElse("no position"),
                state.receiving(),
                state.applying(),
                state.error().isEmpty() ? "" : ": " + state.error()));
  }

  void stop() {
    if (!look().configured()) {
      return;
    }
    slow("stopping replication", acts.stopReplication());
  }

  void reset() {
    if (!look().configured()) {
      return;
    }
    stop();
    slow("forgetting the replication source", acts.resetReplication());
  }

  void from(Node source, String password) {
    String doing = "replicating from " + source.label();
    if (!runsFrom(source)) {
      stop();
      link.limit(STOP_LIMIT);
      acts.replicateFrom(source, position(), password)
          .forEach(statement -> link.act(doing, statement, password));
      link.usualLimit();
    }
    awaitRunning(doing);
  }

  private boolean runsFrom(Node source) {
    Replication state = look();
    return state.receiving()
        && state.applying()
        && state.from().filter(source.address()::equals).isPresent();
  }

  private void awaitRunning(String doing) {
    Replication state = look();
    for (int poll = 0; poll < POLLS && !(state.receiving() && state.applying()); poll++) {
      if (!state.error().isEmpty() && !state.applying()) {
        break;
      }
      var unused = link.text(doing, "SELECT SLEEP(0.005)");
      state = look();
    }
    if (!state.receiving() || !state.applying()) {
      String why = state.error().isEmpty() ? "its threads do not run" : state.error();
      throw new NodeException(link.node(), doing, why, NodeException.Action.REPAIR_TARGET);
    }
  }

  /** A big transaction has to end before its thread stops. */
  private void slow(String doing, List<String> statements) {
    link.limit(STOP_LIMIT);
    link.act(doing, statements);
    link.usualLimit();
  }
}

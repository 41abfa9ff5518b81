package dev.repli.comparison.jdbc;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.database.jdbc.SqlLink;
import dev.repli.plan.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Positions in the language that the replica follows: by GTID within one dialect, else by file and
 * offset.
 */
final class FollowedPositions {
  private static final Duration MARGIN = Duration.ofSeconds(1);

  /**
   * A wait does not end when replication stops, so it is cut into pieces; the first is short, so
   * that a replica that stands is seen at once.
   */
  private static final Duration FIRST_PIECE = Duration.ofMillis(250);

  private static final Duration PIECE = Duration.ofSeconds(5);

  private final SqlLink link;
  private final boolean mysql;

  FollowedPositions(SqlLink link) {
    this.link = link;
    this.mysql = link.node().kind() == Node.Kind.MYSQL;
  }

  Optional<Position.Kind> kind() {
    return state().map(State::kind);
  }

  private record State(Position.Kind kind, boolean receiving, boolean applying, String error) {
    boolean follows() {
      return receiving && applying;
    }
  }

  private Optional<State> state() {
    return link.row(
        "looking at replication", mysql ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS", this::state);
  }

  private State state(ResultSet row) throws SQLException {
    Position.Kind gtid = mysql ? Position.Kind.MYSQL_GTID_SET : Position.Kind.MARIADB_GTID;
    boolean byGtid =
        mysql ? row.getInt("Auto_Position") == 1 : !"No".equals(row.getString("Using_Gtid"));
    String io = row.getString("Last_IO_Error");
    String sql = row.getString("Last_SQL_Error");
    return new State(
        byGtid ? gtid : Position.Kind.BINLOG_FILE,
        "Yes".equals(row.getString(mysql ? "Replica_IO_Running" : "Slave_IO_Running")),
        "Yes".equals(row.getString(mysql ? "Replica_SQL_Running" : "Slave_SQL_Running")),
        (io + " " + sql).strip());
  }

  Position position(Position.Kind kind) {
    String doing = "reading the position";
    String value =
        switch (kind) {
          case MARIADB_GTID -> link.text(doing, "SELECT @@GLOBAL.gtid_binlog_pos").orElse("");
          case MYSQL_GTID_SET ->
              link.text(doing, "SELECT @@GLOBAL.gtid_executed").orElse("").replaceAll("\\s", "");
          case BINLOG_FILE ->
              link.row(
                      doing,
                      mysql ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS",
                      row -> row.getString(1) + ":" + row.getLong(2))
                  .orElseThrow(
                      () ->
                          new NodeException(
                              link.node(),
                              doing,
                              "the binary log is off",
                              NodeException.Action.CORRECT_INPUT));
        };
    return new Position(kind, value);
  }

  CatchUp waitFor(Position position, Duration atMost) {
    long begin = System.nanoTime();
    Duration left = atMost;
    Duration longest = FIRST_PIECE;
    while (true) {
      Duration piece = left.compareTo(longest) < 0 ? left : longest;
      longest = PIECE;
      if (reached(position, piece)) {
        return new CatchUp.Reached(Duration.ofNanos(System.nanoTime() - begin));
      }
      Optional<State> state = state();
      left = atMost.minusNanos(System.nanoTime() - begin);
      if (left.isNegative() || state.isEmpty() || !state.get().follows()) {
        return new CatchUp.NotReached(why(position, state));
      }
    }
  }

  /** Why it does not follow now; empty when it does. */
  Optional<String> stands() {
    Optional<State> state = state();
    return state.filter(State::follows).isPresent()
        ? Optional.empty()
        : Optional.of(link.node().label() + " does not follow; " + threads(state));
  }

  private String why(Position position, Optional<State> state) {
    return link.node().label() + " did not reach position " + position + "; " + threads(state);
  }

  private static String threads(Optional<State> state) {
    return state
        .map(
            s ->
                (!s.applying()
                        ? "its SQL thread stands"
                        : s.receiving() ? "it applies changes" : "its IO thread receives nothing")
                    + said(s))
        .orElse("it is no replica");
  }

  private static String said(State state) {
    return state.error().isEmpty() ? "" : ": " + state.error();
  }

  private boolean reached(Position position, Duration atMost) {
    String seconds = String.format(Locale.ROOT, "%.3f", Math.max(1, atMost.toMillis()) / 1000.0);
    String doing = "waiting for position " + position;
    link.limit(atMost.plus(MARGIN));
    try {
      return switch (position.kind()) {
        case MARIADB_GTID -> zero(doing, "MASTER_GTID_WAIT", position.value(), seconds);
        case MYSQL_GTID_SET -> zero(doing, "WAIT_FOR_EXECUTED_GTID_SET", position.value(), seconds);
        case BINLOG_FILE -> byFile(doing, position.value(), seconds);
      };
    } finally {
      link.usualLimit();
    }
  }

  private boolean zero(String doing, String function, String value, String seconds) {
    return link.text(doing, "SELECT " + function + "(?, " + seconds + ")", value)
        .filter("0"::equals)
        .isPresent();
  }

  private boolean byFile(String doing, String value, String seconds) {
    int colon = value.lastIndexOf(':');
    String function = mysql ? "SOURCE_POS_WAIT" : "MASTER_POS_WAIT";
    return link.text(
            doing,
            "SELECT " + function + "(?, ?, " + seconds + ") >= 0",
            value.substring(0, colon),
            Long.parseLong(value.substring(colon + 1)))
        .filter("1"::equals)
        .isPresent();
  }
}

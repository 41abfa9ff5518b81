package dev.repli.database.jdbc;

import dev.repli.database.ActStatements;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Replication;
import dev.repli.database.Position;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Replication by GTID; between dialects it is waited for by file and offset. */
final class GtidReplication {
  private static final Duration MARGIN = Duration.ofMillis(500);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final int POLLS = 1000;
  private static final Pattern BLANKS = Pattern.compile("\\s");

  private final SqlLink link;
  private final ReplicationWords words;
  private final ActStatements acts;

  GtidReplication(SqlLink link, Dialect dialect) {
    this.link = link;
    this.words = dialect.replication();
    this.acts = dialect.acts();
  }

  Replication look() {
    return link.row("looking at replication", words.status(), this::read)
        .orElse(new Replication(false, false, false, Optional.empty(), 0, ""));
  }

  private Replication read(ResultSet row) throws SQLException {
    String io = row.getString("Last_IO_Error");
    String sql = row.getString("Last_SQL_Error");
    return new Replication(
        true,
        "Yes".equals(row.getString(words.replica() + "_IO_Running")),
        "Yes".equals(row.getString(words.replica() + "_SQL_Running")),
        Optional.of(endpoint(row)),
        row.getLong(words.source() + "_Server_Id"),
        (io + " " + sql).strip());
  }

  private Endpoint endpoint(ResultSet row) throws SQLException {
    return new Endpoint(
        row.getString(words.source() + "_Host"), row.getInt(words.source() + "_Port"));
  }

  Position position() {
    return position(link.text("reading the position", ask().sql()).stream().toList());
  }

  SqlLink.Query ask() {
    return SqlLink.Query.of("SELECT @@GLOBAL." + words.position());
  }

  Position position(List<String> answer) {
    String text = answer.isEmpty() ? "" : answer.get(0);
    return new Position(words.kind(), BLANKS.matcher(text).replaceAll(""));
  }

  CatchUp waitFor(Position position, Duration atMost) {
    String doing = "waiting for position " + position;
    boolean byFile = position.kind() == Position.Kind.BINLOG_FILE;
    if (!byFile && position.kind() != words.kind()) {
      throw new NodeException(
          link.node(),
          doing,
          "not a position of kind " + words.kind(),
          NodeException.Action.CORRECT_INPUT);
    }
    String seconds = String.format(Locale.ROOT, "%.3f", Math.max(1, atMost.toMillis()) / 1000.0);
    long begin = System.nanoTime();
    link.limit(atMost.plus(MARGIN));
    boolean reached =
        byFile ? byFile(doing, position.value(), seconds) : byGtid(doing, position, seconds);
    link.usualLimit();
    if (reached) {
      return new CatchUp.Reached(Duration.ofNanos(System.nanoTime() - begin));
    }
    Replication state = look();
    return new CatchUp.NotReached(
        "position %s was not applied within %d ms (now at %s, receiving: %s, applying: %s)%s"
            .formatted(
                position,
                atMost.toMillis(),
                position(),
                state.receiving(),
                state.applying(),
                state.error().isEmpty() ? "" : ": " + state.error()));
  }

  private boolean byGtid(String doing, Position position, String seconds) {
    return link.text(
            doing, "SELECT " + words.waitFunction() + "(?, " + seconds + ")", position.value())
        .filter("0"::equals)
        .isPresent();
  }

  /** Between dialects there is nothing else; NULL when the SQL thread stands. */
  private boolean byFile(String doing, String value, String seconds) {
    int colon = value.lastIndexOf(':');
    return link.text(
            doing,
            "SELECT " + words.fileWaitFunction() + "(?, ?, " + seconds + ") >= 0",
            value.substring(0, colon),
            Long.parseLong(value.substring(colon + 1)))
        .filter("1"::equals)
        .isPresent();
  }

  /**
   * Clients wait for this inside a switch, so that it has no more time than any other answer, and
   * nobody asks first whether there is any: a node that replicates from nowhere only warns.
   */
  void stop() {
    link.act("stopping replication", acts.stopReplication());
  }

  void start() {
    String doing = "starting replication";
    link.act(doing, acts.startReplication());
    awaitRunning(doing);
  }

  void reset() {
    if (!look().configured()) {
      return;
    }
    slow("stopping replication", acts.stopReplication());
    slow("forgetting the replication source", acts.resetReplication());
  }

  void from(Node source, String password) {
    String doing = "replicating from " + source.label();
    if (!runsFrom(source)) {
      if (look().configured()) {
        slow("stopping replication", acts.stopReplication());
      }
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

  void awaitRunning(String doing) {
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

  /** Outside a switch: a big transaction has to end before its thread stops. */
  private void slow(String doing, List<String> statements) {
    link.limit(STOP_LIMIT);
    link.act(doing, statements);
    link.usualLimit();
  }
}

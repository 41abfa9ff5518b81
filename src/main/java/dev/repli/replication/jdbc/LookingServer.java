package dev.repli.replication.jdbc;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.database.jdbc.Connections;
import dev.repli.database.jdbc.SqlLink;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import dev.repli.replication.SetupServer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What can be seen of a server without changing it. */
abstract class LookingServer implements SetupServer {
  static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration MARGIN = Duration.ofSeconds(2);

  final SqlLink link;
  private final Connections connections;
  private final Words words;

  LookingServer(SqlLink link, Connections connections) {
    this.link = link;
    this.connections = connections;
    this.words = Words.of(link.node().kind());
  }

  @Override
  public Node node() {
    return link.node();
  }

  @Override
  public Facts look() {
    Map<String, String> variables = new LinkedHashMap<>();
    var unused =
        link.rows(
            "reading settings",
            "SHOW GLOBAL VARIABLES",
            row -> variables.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2)));
    return new Facts(
        variables.getOrDefault("version", "0.0"),
        Long.parseLong(variables.getOrDefault("server_id", "0")),
        variables);
  }

  @Override
  public Content content(List<String> wanted) {
    return new ContentLook(link, wanted).look();
  }

  /** Asked by use: 11.8 knows MySQL's names without listing them. */
  @Override
  public List<String> unknownCollations(List<String> collations) {
    return collations.stream().filter(collation -> !knows(collation)).toList();
  }

  private boolean knows(String collation) {
    if (!collation.matches("[A-Za-z0-9_]+")) {
      return false;
    }
    String charset = collation.split("_", 2)[0];
    try {
      link.look(
          "trying collation " + collation,
          "SELECT CONVERT('a' USING %s) COLLATE %s".formatted(charset, collation));
      return true;
    } catch (NodeException e) {
      if (e.action() == NodeException.Action.WAIT_AND_RETRY) {
        throw e;
      }
      return false;
    }
  }

  /** Not asked by trying alone: for a name that is unknown MySQL invents an authentication. */
  @Override
  public Login login(Account account) {
    if (!hasAccount(account)) {
      return new Login.Refused("nobody is called " + account.user());
    }
    try (SqlLink client = connections.openClient(node().address(), node(), account, ANSWER)) {
      String doing = "looking at account " + account.user();
      boolean replicates =
          client
              .text(
                  doing,
                  "SELECT COUNT(*) FROM information_schema.user_privileges WHERE privilege_type IN"
                      + " ('REPLICATION SLAVE', 'REPLICATION REPLICA') AND grantee ="
                      + " CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')")
              .filter("1"::equals)
              .isPresent();
      boolean encrypted =
          client
              .row(doing, "SHOW SESSION STATUS LIKE 'Ssl_version'", row -> row.getString(2))
              .filter(version -> !version.isEmpty())
              .isPresent();
      return new Login.Accepted(replicates, encrypted);
    } catch (NodeException e) {
      if (e.action() == NodeException.Action.CORRECT_INPUT) {
        return new Login.Refused(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  @Override
  public boolean hasAccount(Account account) {
    return link.text(
            "looking for account " + account.user(),
            "SELECT COUNT(*) FROM mysql.user WHERE user = ?",
            account.user())
        .filter(count -> !count.equals("0"))
        .isPresent();
  }

  @Override
  public Position position() {
    if (node().kind() == Node.Kind.MYSQL) {
      return binlogEnd();
    }
    return new Position(
        Position.Kind.MARIADB_GTID,
        link.text("reading the position", "SELECT @@GLOBAL.gtid_binlog_pos").orElse(""));
  }

  @Override
  public Position binlogEnd() {
    String doing = "reading the end of the binary log";
    return link.row(
            doing,
            words.binlog(),
            row ->
                new Position(Position.Kind.BINLOG_FILE, row.getString(1) + ":" + row.getString(2)))
        .orElseThrow(
            () ->
                new NodeException(
                    node(),
                    doing,
                    "it has none; set log_bin and restart it",
                    NodeException.Action.REPAIR_TARGET));
  }

  @Override
  public Replica replica() {
    return link.row("looking at replication", words.status(), this::read).orElse(Replica.NONE);
  }

  Replica read(ResultSet row) throws SQLException {
    return new Replica(
        row.getString(words.source() + "_Host") + ":" + row.getInt(words.source() + "_Port"),
        "Yes".equals(row.getString(words.replica() + "_IO_Running")),
        "Yes".equals(row.getString(words.replica() + "_SQL_Running")),
        row.getLong(words.source() + "_Server_Id"),
        (error(row, "Last_IO") + " " + error(row, "Last_SQL")).strip(),
        "Yes".equals(row.getString(words.source() + "_SSL_Allowed")),
        "Yes".equals(row.getString(words.source() + "_SSL_Verify_Server_Cert")),
        Optional.ofNullable(row.getString("Seconds_Behind_" + words.source())).orElse("unknown"));
  }

  private static String error(ResultSet row, String which) throws SQLException {
    String text = row.getString(which + "_Error");
    return text.isEmpty() ? "" : "error " + row.getInt(which + "_Errno") + " " + text;
  }

  @Override
  public CatchUp waitFor(Position position, Duration atMost) {
    long begin = System.nanoTime();
    link.limit(atMost.plus(MARGIN));
    Optional<String> answer =
        link.text("waiting for position " + position, "SELECT " + waiting(position, atMost));
    link.usualLimit();
    // by file and offset the answer counts the events waited for; null when it does not replicate
    return answer.filter(a -> Long.parseLong(a) >= 0).isPresent()
        ? new CatchUp.Reached(Duration.ofNanos(System.nanoTime() - begin))
        : new CatchUp.NotReached("position " + position + " is not applied yet");
  }

  private static String waiting(Position position, Duration atMost) {
    String seconds = String.format(Locale.ROOT, "%.3f", Math.max(1, atMost.toMillis()) / 1000.0);
    if (position.kind() == Position.Kind.MARIADB_GTID) {
      return "MASTER_GTID_WAIT(%s, %s)".formatted(SetupSql.quoted(position.value()), seconds);
    }
    int colon = position.value().lastIndexOf(':');
    return "MASTER_POS_WAIT(%s, %s, %s)"
        .formatted(
            SetupSql.quoted(position.value().substring(0, colon)),
            position.value().substring(colon + 1),
            seconds);
  }

  @Override
  public Optional<String> heartbeat(String run) {
    boolean exists =
        link.text(
                "looking for the heartbeat",
                "SELECT COUNT(*) FROM information_schema.tables"
                    + " WHERE table_schema = 'repli_probe' AND table_name = 'heartbeat'")
            .filter("1"::equals)
            .isPresent();
    return exists
        ? link.text(
            "looking for the heartbeat",
            "SELECT written_at FROM repli_probe.heartbeat WHERE run = ?",
            run)
        : Optional.empty();
  }

  String password(Account account) {
    return connections.secret(account);
  }

  @Override
  public void close() {
    link.close();
  }
}

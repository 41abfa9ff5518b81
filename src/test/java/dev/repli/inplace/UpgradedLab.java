package dev.repli.inplace;

import dev.repli.engine.OnePlan;
import dev.repli.host.local.LocalHosts;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.LabUpgrade;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Machine;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.SecretRef;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A real 10.11 with a proved backup and writes after it, upgraded in place to 11.8, with writes
 * after that; and the plan that says how it goes back.
 */
public final class UpgradedLab implements AutoCloseable {
  public static final String PASSWORD = "way-back-1";
  private static final int ROWS_OF_A_MEGABYTE = 4300;
  private static final int ROWS_AT_ONCE = 50_000;
  public final LabUpgrade server;
  public final int port;
  public final Machine machine;
  public final Plan plan;
  public final Map<String, String> atTheUpgrade;

  /** A moment between the backup and the upgrade. */
  final Middle middle;

  private final int megabytes;

  /** With as much data more as the property {@code inplace.megabytes} says. */
  public UpgradedLab(Path folder) throws Exception {
    this(folder, Integer.getInteger("inplace.megabytes", 0));
  }

  /**
   * @param megabytes of data in the backup beside those that the tests need
   */
  public UpgradedLab(Path folder, int megabytes) throws Exception {
    this.megabytes = megabytes;
    Writes writes = new Writes(bulkRows());
    server = LabUpgrade.start(folder, PASSWORD, LabAccounts.random(), writes);
    middle = Objects.requireNonNull(writes.middle);
    port = server.port();
    machine = server.machine();
    plan = plan();
    server.prove(LocalHosts.only());
    atTheUpgrade = tables();
    try (Connection admin = server.connect();
        Statement sql = admin.createStatement()) {
      writesSinceTheUpgrade(sql);
    }
  }

  /**
   * Where the log stood, and what clients saw.
   *
   * @param time everything of later has a later time in the log, and nothing of before
   */
  record Middle(String gtid, String place, Instant time, String orders) {}

  private static final class Writes implements LabUpgrade.Story {
    private final int bulk;
    private @Nullable Middle middle;

    Writes(int bulk) {
      this.bulk = bulk;
    }

    @Override
    public ServerSettings settings() {
      return ServerSettings.of(51).with("max-allowed-packet", "16M");
    }

    @Override
    public void beforeTheBackup(Statement sql) throws SQLException {
      sql.execute("CREATE DATABASE IF NOT EXISTS app");
      sql.execute(
          "CREATE TABLE app.orders (id INT PRIMARY KEY AUTO_INCREMENT, item VARCHAR(200),"
              + " amount DECIMAL(12,2), raw VARBINARY(40)) CHARACTER SET utf8mb4");
      sql.execute(
          "INSERT INTO app.orders (item, amount, raw) SELECT CONCAT('item ', seq), seq / 7,"
              + " UNHEX(SHA1(seq)) FROM app.seq_1_to_5000");
      sql.execute("CREATE TABLE app.old (id INT PRIMARY KEY, v INT) WITH SYSTEM VERSIONING");
      sql.execute("INSERT INTO app.old VALUES (1, 1), (2, 2)");
      if (bulk > 0) {
        bulk(sql);
      }
    }

    /** Not in the binary log: only the backup has to bring it back. */
    private void bulk(Statement sql) throws SQLException {
      sql.execute("SET sql_log_bin = 0");
      sql.execute("CREATE TABLE app.bulk (id INT PRIMARY KEY, filler CHAR(200) CHARSET latin1)");
      for (int first = 1; first <= bulk; first += ROWS_AT_ONCE) {
        sql.execute(
            "INSERT INTO app.bulk SELECT seq, REPEAT(MD5(seq), 6) FROM app.seq_%d_to_%d"
                .formatted(first, Math.min(bulk, first + ROWS_AT_ONCE - 1)));
      }
      sql.execute("SET sql_log_bin = 1");
    }

    @Override
    public void afterTheBackup(Statement sql) throws SQLException {
      sql.execute("UPDATE app.orders SET amount = amount + 1 WHERE id % 3 = 0");
      sql.execute("DELETE FROM app.orders WHERE id % 11 = 0");
      middle = middle(sql);
      // one hour on, as the log sees it
      sql.execute("SET timestamp = UNIX_TIMESTAMP() + 3600");
      sql.execute("FLUSH BINARY LOGS");
      sql.execute("INSERT INTO app.orders (item, raw) VALUES ('zero', UNHEX('00FF00'))");
      sql.execute("CREATE TABLE app.`later ``one` (id INT PRIMARY KEY, t TEXT) CHARSET latin1");
      // one event of many packets' length, and a statement with a zero byte in its comment
      sql.execute(
          "INSERT INTO app.`later ``one` SELECT seq, REPEAT('é', 90) FROM app.seq_1_to_20000");
      sql.execute("UPDATE app.`later ``one` SET t = REPEAT('y', 800)");
    }
  }

  private static Middle middle(Statement sql) throws SQLException {
    return new Middle(
        one(sql, "SELECT @@gtid_binlog_pos", 1),
        one(sql, "SHOW MASTER STATUS", 1) + ":" + one(sql, "SHOW MASTER STATUS", 2),
        Instant.now().plus(Duration.ofMinutes(30)).truncatedTo(ChronoUnit.SECONDS),
        one(sql, "CHECKSUM TABLE app.orders", 2));
  }

  private static String one(Statement sql, String query, int column) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      rows.next();
      return rows.getString(column);
    }
  }

  private static void writesSinceTheUpgrade(Statement sql) throws SQLException {
    sql.execute("INSERT INTO app.orders (item, amount) VALUES ('since the upgrade', 1)");
    sql.execute("UPDATE app.orders SET item = 'changed since' WHERE id BETWEEN 100 AND 200");
    sql.execute("DELETE FROM app.orders WHERE id BETWEEN 300 AND 310");
    sql.execute("FLUSH BINARY LOGS");
    sql.execute("UPDATE app.old SET v = v + 10");
    sql.execute("INSERT INTO app.`later ``one` VALUES (99999, 'last')");
  }

  /** How many rows {@code app.bulk} has; without it none. */
  public int bulkRows() {
    return megabytes * ROWS_OF_A_MEGABYTE;
  }

  public String ask(String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** What clients see, table by table: rows, and the sum of what they hold. */
  public Map<String, String> tables() throws SQLException {
    Map<String, String> found = new TreeMap<>();
    for (String table : List.of("app.orders", "app.`later ``one`")) {
      found.put(table, ask("SELECT COUNT(*) FROM " + table) + " rows, " + checksum(table));
    }
    if (megabytes > 0) {
      found.put("app.bulk", ask("SELECT COUNT(*) FROM app.bulk") + ", " + checksum("app.bulk"));
    }
    found.put("app.old", ask("SELECT GROUP_CONCAT(id, '=', v ORDER BY id) FROM app.old"));
    found.put("history", ask("SELECT COUNT(*) FROM app.old FOR SYSTEM_TIME ALL"));
    return found;
  }

  String checksum(String table) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("CHECKSUM TABLE " + table)) {
      rows.next();
      return rows.getString(2);
    }
  }

  private Plan plan() {
    Plan like = OnePlan.plan(Duration.ofSeconds(10), "a".repeat(64));
    Account account = new Account("inplace", new SecretRef("env:REPLI_TEST"));
    Node target =
        new Node(
            Node.Role.TARGET,
            Node.Kind.MARIADB,
            new Endpoint("127.0.0.1", port),
            account,
            account,
            Node.Tls.DISABLED,
            Optional.of(server.fenceFile()),
            Optional.empty(),
            Optional.of(machine));
    return new Plan(
        like.id(),
        like.title(),
        like.locale(),
        like.source(),
        target,
        List.of(),
        like.rollbackWindow(),
        like.budgets(),
        like.blockers(),
        like.probe(),
        like.approvals(),
        like.steps(),
        like.cutover(),
        like.checks(),
        like.contentHash());
  }

  @Override
  public void close() {
    server.close();
  }
}

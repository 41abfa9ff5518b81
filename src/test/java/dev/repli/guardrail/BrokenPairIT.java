package dev.repli.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * One real pair, broken in many ways at once, then mended: what was red or amber is green again.
 */
class BrokenPairIT {
  private static final List<String> RED =
      List.of(
          "accounts-equal",
          "all-visible",
          "connection-capacity",
          "default-collations",
          "definers-exist",
          "durability",
          "foreign-keys",
          "function-creators",
          "global-locks",
          "gtid-domains",
          "gtid-strict-mode",
          "isolation",
          "character-sets",
          "lock-waits",
          "long-transactions",
          "memory-capacity",
          "no-other-automation",
          "no-replication-delay",
          "nobody-writes-on-next",
          "nodes-of-the-plan",
          "online-schema-change",
          "packet-size",
          "prepared-xa",
          "primary-keys",
          "privileged-applications",
          "programs-equal",
          "replication-account",
          "replication-filters",
          "row-format",
          "running-ddl",
          "sequences-ahead",
          "sql-mode",
          "strict-rows",
          "tables-equal",
          "time-zone",
          "triggers-once",
          "unique-server-ids",
          "binlog-retention");
  private static final List<String> AMBER =
      List.of(
          "batch-events",
          "idempotent-ddl",
          "limits",
          "passwordless-accounts",
          "pending-migrations",
          "plain-clients",
          "special-columns",
          "special-engines",
          "user-locks",
          "pinned-sessions",
          "binlog-settings");

  private final List<Connection> open = new ArrayList<>();

  @Test
  void isRedOrAmberForEachThingThatIsWrongAndGreenWhenItIsMended() throws SQLException {
    ServerInstallation release = ServerInstallation.fromMaven();
    try (GuardrailLab lab = new GuardrailLab(release, release)) {
      MariaDbServer source = lab.pair().source();
      MariaDbServer target = lab.pair().target();
      Map<String, String> before = settings(target);
      breakSchema(source, target);
      Connection writer = occupy(source, target);
      changeSettings(target);
      GuardrailReport broken = afterLongEnough(lab);
      assertStatus(broken, RED, Status.RED);
      assertStatus(broken, AMBER, Status.AMBER);
      assertStatus(broken, List.of("events-afterwards"), Status.MENDED);
      // with the writer's id it would pass over what the writer does now
      target.run(true, "SET GLOBAL server_id = " + before.get("server_id"));
      writer.rollback();
      mend(lab, before);
      GuardrailReport mended = lab.check();
      List<String> all = new ArrayList<>(RED);
      all.addAll(AMBER);
      assertStatus(mended, all, Status.GREEN);
    } finally {
      closeAll();
    }
  }

  private static void breakSchema(MariaDbServer source, MariaDbServer target) {
    source.run(
        false,
        "CREATE TABLE app.orders (id BIGINT AUTO_INCREMENT PRIMARY KEY, n INT)",
        "INSERT INTO app.orders (n) VALUES (1), (2)",
        "CREATE TABLE app.nokey (a INT)",
        "CREATE TABLE app.xa (id INT PRIMARY KEY)",
        "CREATE TABLE app.myisam (id INT PRIMARY KEY) ENGINE=MyISAM",
        "CREATE TABLE app.computed (id INT PRIMARY KEY, twice INT AS (id * 2) STORED)",
        "CREATE TABLE app._orders_gho (id INT PRIMARY KEY)",
        "CREATE TABLE app.journal_entry (id INT PRIMARY KEY)",
        "CREATE TABLE app.flyway_schema_history (installed_rank INT PRIMARY KEY, success BOOL)",
        "INSERT INTO app.flyway_schema_history VALUES (1, 1), (2, 0)",
        "CREATE DATABASE orchestrator",
        "CREATE TABLE orchestrator.node (id INT PRIMARY KEY)",
        "CREATE SEQUENCE app.numbers",
        "CREATE DEFINER='ghost'@'%' VIEW app.ghostly AS SELECT 1",
        "CREATE TRIGGER app.t BEFORE INSERT ON app.orders FOR EACH ROW SET NEW.n = NEW.n + 1",
        "CREATE PROCEDURE app.p() SELECT 1",
        "CREATE EVENT app.nightly ON SCHEDULE EVERY 1 DAY STARTS NOW() + INTERVAL 1 DAY DO DO 1",
        "CREATE USER shop IDENTIFIED BY 'one'",
        "CREATE USER nobody",
        "SET SESSION foreign_key_checks = 0",
        "CREATE TABLE app.child (id INT PRIMARY KEY, CONSTRAINT lost FOREIGN KEY (id)"
            + " REFERENCES app.nowhere (id))");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> has(target, "SELECT 1 FROM app.child LIMIT 0"));
    source.run(false, "DO NEXTVAL(app.numbers)");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> number(target, "SELECT next_not_cached_value FROM app.numbers") > 1);
    target.run(
        true,
        "ALTER SEQUENCE app.numbers RESTART 1",
        "SET PASSWORD FOR shop = PASSWORD('two')",
        "DROP USER repl",
        "DROP PROCEDURE app.p",
        "ALTER TABLE app.computed ADD COLUMN more INT");
  }

  /** Sessions that do what must not be done during a switch. */
  private Connection occupy(MariaDbServer source, MariaDbServer target) throws SQLException {
    Connection application = add(source.application());
    application.setAutoCommit(false);
    run(application, "INSERT INTO app.orders (n) VALUES (3)");
    Connection altering = add(source.application());
    Thread thread =
        new Thread(
            () -> {
              try {
                run(altering, "ALTER TABLE app.orders ADD COLUMN late INT");
              } catch (SQLException ended) {
                // it is ended with the test
              }
            });
    thread.setDaemon(true);
    thread.start();
    run(add(source.application()), "DO GET_LOCK('batch', 0)");
    run(
        add(source.application()),
        "XA START 'x'",
        "INSERT INTO app.xa VALUES (1)",
        "XA END 'x'",
        "XA PREPARE 'x'");
    run(add(source.application()), "PREPARE s FROM 'SELECT 1'");
    run(add(target.admin()), "BACKUP STAGE START");
    Connection stray = add(target.admin());
    stray.setAutoCommit(false);
    run(stray, "SET SESSION sql_log_bin = 0", "INSERT INTO app.computed (id) VALUES (99)");
    for (int i = 0; i < 12; i++) {
      add(source.application());
    }
    return application;
  }

  private static void changeSettings(MariaDbServer target) {
    target.run(
        true,
        "STOP SLAVE",
        "CHANGE MASTER TO MASTER_DELAY = 60",
        "SET GLOBAL replicate_ignore_db = 'other'",
        "START SLAVE",
        "SET GLOBAL sql_mode = 'ANSI'",
        "SET GLOBAL time_zone = '+05:00'",
        "SET GLOBAL max_allowed_packet = 1048576",
        "SET GLOBAL binlog_expire_logs_seconds = 3600",
        "SET GLOBAL slave_exec_mode = IDEMPOTENT",
        "SET GLOBAL slave_ddl_exec_mode = IDEMPOTENT",
        "SET GLOBAL gtid_strict_mode = OFF",
        "SET GLOBAL gtid_domain_id = 7",
        "SET GLOBAL server_id = 1",
        "SET GLOBAL binlog_format = MIXED",
        "SET GLOBAL log_bin_trust_function_creators = ON",
        "SET GLOBAL tx_isolation = 'SERIALIZABLE'",
        "SET GLOBAL character_set_server = utf8mb4",
        "SET GLOBAL character_set_collations = 'utf8mb4=utf8mb4_uca1400_ai_ci'",
        "SET GLOBAL max_connections = 12",
        "SET GLOBAL wait_timeout = 77",
        "SET GLOBAL binlog_annotate_row_events = NOT @@GLOBAL.binlog_annotate_row_events",
        "SET GLOBAL slave_run_triggers_for_rbr = YES");
  }

  private static GuardrailReport afterLongEnough(GuardrailLab lab) {
    lab.pair()
        .source()
        .run(true, "SET GLOBAL sync_binlog = 1", "SET GLOBAL innodb_buffer_pool_size = 268435456");
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(4))
        .until(
            lab::check,
            report -> GuardrailLab.result(report, "long-transactions").status() == Status.RED);
  }

  private void mend(GuardrailLab lab, Map<String, String> before) throws SQLException {
    MariaDbServer source = lab.pair().source();
    MariaDbServer target = lab.pair().target();
    closeAll();
    source.run(true, "SET GLOBAL sync_binlog = 0", "SET GLOBAL innodb_buffer_pool_size = 67108864");
    source.run(false, "XA COMMIT 'x'");
    // a new data directory has root without a password
    for (MariaDbServer server : List.of(source, target)) {
      server.run(true, "DELETE FROM mysql.global_priv WHERE user = 'root'", "FLUSH PRIVILEGES");
    }
    target.run(
        true,
        "STOP SLAVE",
        "CHANGE MASTER TO MASTER_DELAY = 0",
        "SET GLOBAL replicate_ignore_db = ''");
    before.forEach((name, value) -> target.run(true, "SET GLOBAL " + name + " = " + value));
    target.run(
        true,
        "CREATE USER 'repl'@'%' IDENTIFIED BY '" + lab.pair().accounts().replication() + "'",
        "GRANT REPLICATION SLAVE ON *.* TO 'repl'@'%'",
        "ALTER TABLE app.computed DROP COLUMN more",
        "CREATE PROCEDURE app.p() SELECT 1",
        "START SLAVE");
    source.run(
        false,
        "DROP EVENT app.nightly",
        "DROP DATABASE orchestrator",
        "SET SESSION foreign_key_checks = 0",
        "DROP TABLE app.xa, app.child, app.nokey, app.myisam, app.computed, app._orders_gho,"
            + " app.journal_entry, app.flyway_schema_history",
        "DROP VIEW app.ghostly",
        "DROP SEQUENCE app.numbers",
        "DROP PROCEDURE app.p",
        "DROP USER shop, nobody");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                number(target, "SELECT COUNT(*) FROM mysql.global_priv WHERE user='nobody'") == 0);
  }

  /** What {@link #changeSettings} changes, as literals. */
  private static Map<String, String> settings(MariaDbServer server) throws SQLException {
    Map<String, String> settings = new TreeMap<>();
    for (String name :
        List.of(
            "sql_mode",
            "time_zone",
            "max_allowed_packet",
            "binlog_expire_logs_seconds",
            "slave_exec_mode",
            "slave_ddl_exec_mode",
            "gtid_strict_mode",
            "gtid_domain_id",
            "server_id",
            "binlog_format",
            "log_bin_trust_function_creators",
            "tx_isolation",
            "character_set_server",
            "character_set_collations",
            "max_connections",
            "wait_timeout",
            "binlog_annotate_row_events",
            "slave_run_triggers_for_rbr")) {
      try (Connection admin = server.admin();
          Statement statement = admin.createStatement();
          var row = statement.executeQuery("SHOW GLOBAL VARIABLES LIKE '" + name + "'")) {
        assertThat(row.next()).as(name).isTrue();
        String value = row.getString(2);
        settings.put(name, value.matches("\\d+") ? value : "'" + value + "'");
      }
    }
    return settings;
  }

  private static void assertStatus(GuardrailReport report, List<String> names, Status status) {
    assertThat(report.results())
        .filteredOn(result -> names.contains(result.name()))
        .filteredOn(result -> result.status() != status)
        .as("not %s", status)
        .extracting(result -> result + " " + result.evidence())
        .isEmpty();
    assertThat(report.results()).extracting(GuardrailResult::name).containsAll(names);
  }

  private Connection add(Connection connection) {
    open.add(connection);
    return connection;
  }

  private void closeAll() {
    for (Connection connection : open) {
      try {
        connection.close();
      } catch (SQLException gone) {
        // which is what was asked for
      }
    }
    open.clear();
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : Arrays.asList(statements)) {
        statement.execute(sql);
      }
    }
  }

  private static boolean has(MariaDbServer server, String sql) {
    return number(server, sql) >= 0;
  }

  private static long number(MariaDbServer server, String sql) {
    try (Connection admin = server.admin();
        Statement statement = admin.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

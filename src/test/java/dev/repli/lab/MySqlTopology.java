package dev.repli.lab;

import dev.repli.database.mysql.MySqlToMariaDb;
import dev.repli.delta.imports.jdbc.ImportLab;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * MySQL 9.7, which writes, MariaDB 11.8, which follows it, HAProxy in front of them, clients that
 * write all the time, and the plan.
 */
final class MySqlTopology implements AutoCloseable {
  private static final String MODE =
      "STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION";
  private final Resources resources = new Resources();
  private final MySqlToMariaDb pair;
  private final Traffic traffic;
  private final Path directory;
  private final Path plans;

  private MySqlTopology(Path directory) throws SQLException, InterruptedException, IOException {
    this.directory = directory;
    pair =
        resources.add(
            new MySqlToMariaDb(directory.resolve("nodes"), ImportLab.account("import-mysql.sql")));
    String application = pair.accounts().application();
    pair.source()
        .run(
            "SET SESSION sql_log_bin = 0",
            "CREATE USER 'app'@'%' IDENTIFIED BY '" + application + "'",
            "GRANT ALL ON app.* TO 'app'@'%'",
            "SET SESSION sql_log_bin = 1",
            "CREATE TABLE app.orders (seq BIGINT AUTO_INCREMENT PRIMARY KEY, order_id BIGINT NOT"
                + " NULL, item VARCHAR(100) NOT NULL, written_by INT UNSIGNED NOT NULL DEFAULT 0,"
                + " KEY (order_id)) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    alike();
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                text(
                        Node.Role.TARGET,
                        "SELECT COUNT(*) FROM information_schema.tables WHERE"
                            + " table_schema = 'app'")
                    .equals("1"));
    LabHaproxy haproxy =
        resources.add(
            LabHaproxy.start(
                LabHaproxy.program().orElseThrow(),
                directory,
                Ports.free(),
                pair.source().port(),
                pair.target().port(),
                Node.Role.SOURCE));
    plans = writePlan(haproxy);
    traffic = resources.add(Traffic.start(haproxy.endpoint(), "app", application, 100));
  }

  static MySqlTopology start(Path directory) {
    try {
      return new MySqlTopology(directory);
    } catch (SQLException | IOException failure) {
      throw new IllegalStateException("the topology of the test does not start", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /**
   * As after maintenance: it comes back with what its option file says, a fence for everybody among
   * it.
   */
  void restartSourceFenced() throws IOException, InterruptedException {
    pair.source()
        .restart("super_read_only=ON", "sql_mode=" + MODE, "collation_server=utf8mb4_general_ci");
  }

  /** What guardrails ask for, besides what the pair brings with it. */
  private void alike() {
    String mode = "SET GLOBAL sql_mode = '" + MODE + "'";
    String collation = "SET GLOBAL collation_server = utf8mb4_general_ci";
    pair.source().run(mode, collation);
    List<String> target =
        new ArrayList<>(List.of(mode, collation, "SET GLOBAL max_allowed_packet = 67108864"));
    target.add("SET SESSION sql_log_bin = 0");
    target.addAll(ImportLab.account("import-mariadb.sql"));
    pair.target().run(true, target.toArray(String[]::new));
  }

  private Path writePlan(DemoRoute route) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("plans"));
    LabAccounts accounts = pair.accounts();
    String probe = secret("probe", accounts.probe());
    Files.writeString(
        folder.resolve(LabPlan.ID + ".yaml"),
        """
        id: %s
        title: "MySQL 9.7 to MariaDB 11.8"
        locale: en
        """
                .formatted(LabPlan.ID)
            + node("source", "mysql", pair.source().port())
            + node("target", "mariadb", pair.target().port())
            + "routes:\n"
            + route.planEntry().indent(2)
            + """
            rollbackWindow: 24h
            people:
              - {role: technical-lead, user: lead1, deputy: pm1}
            budgets:
              gateWait: 20s
            cutover:
              clientGrace: 2s
              proofAge: 1m
              watch: 1h
              lookEvery: 3s
            probe:
              account: {user: repli_probe, password: "%s"}
            delta:
              account: {user: repli_import, password: "%s"}
            checks:
              queries:
                - name: orders can be read
                  sql: SELECT COUNT(*) > 0 FROM app.orders
                  expected: "1"
              journeys:
                - Place an order in the shop and see it in the list of orders
            """
                .formatted(probe, secret("import", ImportLab.PASSWORD)));
    return folder;
  }

  private String node(String role, String kind, int port) throws IOException {
    return """
        %s:
          kind: %s
          host: 127.0.0.1
          port: %d
          tls: trust
          account: {user: repli, password: "%s"}
          replication: {user: repl, password: "%s"}
        """
        .formatted(
            role,
            kind,
            port,
            secret(role, pair.accounts().repli()),
            secret(role + "-repl", pair.accounts().replication()));
  }

  private String secret(String name, String value) throws IOException {
    Path file = Files.createDirectories(directory.resolve("secrets")).resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, value);
    return "file:" + file;
  }

  /** As an administrator, whom a fence with read_only alone does not stop. */
  void run(Node.Role role, String... statements) {
    try (Connection connection = admin(role);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Path directory() {
    return directory;
  }

  Path plans() {
    return plans;
  }

  int acknowledged() {
    return traffic.log().acknowledgedCount();
  }

  /** Stops the clients and compares their log with what is on the node. */
  TrafficVerdict verdict(Node.Role writer) throws SQLException {
    traffic.close();
    try (Connection admin = admin(writer)) {
      return TrafficVerdict.of(traffic.log().snapshot(), admin, 0);
    }
  }

  /** Of an administrator. */
  Connection admin(Node.Role role) throws SQLException {
    return role == Node.Role.SOURCE ? pair.source().admin() : pair.target().admin();
  }

  String text(Node.Role role, String query) {
    try (Connection connection = admin(role);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}

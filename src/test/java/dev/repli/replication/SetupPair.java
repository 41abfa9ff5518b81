package dev.repli.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.InitialCopy;
import dev.repli.plan.InitialCopy.Method;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two real MariaDB servers: a source with a bit of everything, and an empty target. */
final class SetupPair implements AutoCloseable {
  /** So small that the copy has several parts. */
  static final long PART_BYTES = 1_000;

  static final String COPY_PASSWORD = "c0py";
  private static final String[] DATA = {
    "CREATE DATABASE app CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
    "USE app",
    "CREATE TABLE app.orders (id INT AUTO_INCREMENT PRIMARY KEY, item VARCHAR(50), b BLOB)",
    "CREATE TABLE app.lines (id INT PRIMARY KEY, order_id INT,"
        + " FOREIGN KEY (order_id) REFERENCES app.orders (id))",
    "INSERT INTO app.orders (item, b) SELECT CONCAT('é-\\n-- Table structure for table ', seq),"
        + " UNHEX(MD5(seq)) FROM seq_1_to_5000",
    "INSERT INTO app.lines SELECT seq, seq FROM seq_1_to_1000",
    "CREATE VIEW app.recent AS SELECT id, item FROM app.orders WHERE id > 10",
    "CREATE PROCEDURE app.p() BEGIN\n--\n-- Table structure for table `x`\n--\nSELECT 1; END",
    "CREATE TRIGGER app.t AFTER INSERT ON app.orders FOR EACH ROW SET @a = NEW.id",
    "CREATE EVENT app.e ON SCHEDULE EVERY 1 HOUR DO DELETE FROM app.lines WHERE id < 0",
    "CREATE TABLE app.prices (id INT PRIMARY KEY, p INT) WITH SYSTEM VERSIONING",
    "INSERT INTO app.prices VALUES (1, 1), (2, 2)",
    "UPDATE app.prices SET p = 10 WHERE id = 1",
  };

  final MariaDbServer source;
  final MariaDbServer target;
  final Path directory;
  private final LabAccounts accounts = LabAccounts.random();
  private final ServerInstallation newer;

  SetupPair(ServerInstallation from, ServerInstallation to, Path directory) {
    this(from, settings(1), to, directory);
  }

  SetupPair(
      ServerInstallation from, ServerSettings fromSettings, ServerInstallation to, Path directory) {
    this.directory = directory;
    this.newer = to;
    source = MariaDbServer.start(from, fromSettings, accounts, directory.resolve("source"));
    target = MariaDbServer.start(to, settings(2), accounts, directory.resolve("target"));
    String[] copier = SetupLab.copier("copy-mariadb.sql", COPY_PASSWORD).toArray(new String[0]);
    source.run(true, copier);
    target.run(true, copier);
    source.run(false, DATA);
    source.run(true, "DROP USER repl");
  }

  static ServerSettings settings(int serverId) {
    return ServerSettings.of(serverId).with("innodb_log_file_size", "8M");
  }

  String replicationPassword() {
    return accounts.replication();
  }

  Map<String, String> passwords() {
    return Map.of(
        "repli", accounts.repli(),
        "repl", accounts.replication(),
        "repli_copy", COPY_PASSWORD,
        "REPLI_TEST", accounts.probe());
  }

  /** What a Repli of its own needs to know of the pair; no secrets. */
  record Addresses(int source, int target, Path tools, Optional<InitialCopy.Files> files) {
    List<String> words() {
      String ports = source + "," + target;
      return files
          .map(
              f ->
                  List.of(
                      ports,
                      tools.toString(),
                      f.sourceData().toString(),
                      f.targetData().toString(),
                      f.stop().get(0),
                      f.start().get(0)))
          .orElseGet(() -> List.of(ports, tools.toString()));
    }

    static Addresses parse(List<String> words) {
      String[] ports = words.get(0).split(",", -1);
      return new Addresses(
          Integer.parseInt(ports[0]),
          Integer.parseInt(ports[1]),
          Path.of(words.get(1)),
          words.size() == 2
              ? Optional.empty()
              : Optional.of(
                  new InitialCopy.Files(
                      Path.of(words.get(2)),
                      Path.of(words.get(3)),
                      List.of(words.get(4)),
                      List.of(words.get(5)))));
    }

    Plan plan() {
      return plan(Node.Tls.DISABLED);
    }

    Plan plan(Node.Tls tls) {
      return SetupLab.plan(
          SetupLab.node(Node.Role.SOURCE, Node.Kind.MARIADB, source, tls),
          SetupLab.node(Node.Role.TARGET, Node.Kind.MARIADB, target, tls),
          SetupLab.copy(files.isPresent() ? Method.AUTO : Method.DUMP, tools, files));
    }
  }

  Addresses byDump(Path tools) {
    return new Addresses(source.port(), target.port(), tools, Optional.empty());
  }

  /** The commands are what operators give Repli to stop and start a server. */
  Addresses byBackup(FaultyTools tools) throws IOException {
    Path root = directory.resolve("target");
    Path pid = root.resolve("data/lab.pid");
    Path stop =
        tools.script(
            "stop",
            "sh -c '[ -f %1$s ] || exit 0; p=$(cat %1$s); kill $p;".formatted(pid)
                + " while kill -0 $p 2>/dev/null; do sleep 0.1; done'");
    Path start =
        tools.script(
            "start",
            "sh -c ': >%2$s/accounts.sql; %1$s --defaults-file=%2$s/server.cnf >>%2$s/again.log 2>&1 &'"
                .formatted(newer.program(), root));
    InitialCopy.Files files =
        new InitialCopy.Files(
            directory.resolve("source/data"),
            root.resolve("data"),
            List.of(stop.toString()),
            List.of(start.toString()));
    return new Addresses(source.port(), target.port(), tools.folder(), Optional.of(files));
  }

  /** Before another set-up: as if none had been. */
  void forget() {
    source.run(true, "DROP USER IF EXISTS repl");
    source.run(false, "DROP DATABASE IF EXISTS repli_probe");
    target.run(
        true,
        "STOP SLAVE",
        "RESET SLAVE ALL",
        "DROP DATABASE IF EXISTS app",
        "DROP DATABASE IF EXISTS repli_probe",
        "RESET MASTER",
        "SET GLOBAL gtid_slave_pos = ''",
        "SET GLOBAL read_only = 0");
  }

  /** What has to be true of a target that was set up; asks the servers, not Repli. */
  void follows() throws SQLException {
    source.run(false, "INSERT INTO app.orders (item) VALUES ('later')");
    for (String sql :
        List.of(
            "CHECKSUM TABLE app.orders, app.lines",
            "SELECT COUNT(*), SUM(p) FROM app.prices FOR SYSTEM_TIME ALL",
            "SELECT COUNT(*) FROM app.recent",
            "SELECT COUNT(*) FROM information_schema.routines WHERE routine_schema = 'app'",
            "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = 'app'")) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(rows(target, sql)).isEqualTo(rows(source, sql)));
    }
    assertThat(rows(target, "SELECT status FROM information_schema.events"))
        .isEqualTo("SLAVESIDE_DISABLED;");
    assertThat(rows(target, "SELECT @@read_only, @@event_scheduler")).isEqualTo("1;OFF;");
    assertThat(rows(source, "SELECT COUNT(*) FROM mysql.user WHERE user = 'repl'")).isEqualTo("1;");
    assertThat(rows(target, "SHOW SLAVE STATUS")).as("by GTID").contains("Slave_Pos");
    assertThat(rows(target, "SHOW ALL SLAVES STATUS")).as("channels").doesNotContain("repli_trial");
  }

  /** As the account that copies, which is the same on a target that became a copy of the source. */
  static String rows(MariaDbServer server, String sql) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Connection connection = server.connect("repli_copy", COPY_PASSWORD);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          text.append(rows.getString(i)).append(';');
        }
      }
    }
    return text.toString();
  }

  /** A target that runs on a copy was started by the operators' command, not by the lab. */
  void stopCopy(Addresses addresses) throws IOException, InterruptedException {
    Optional<InitialCopy.Files> files = addresses.files();
    if (files.isPresent() && Files.exists(directory.resolve("target/data"))) {
      new ProcessBuilder(files.get().stop()).start().waitFor();
    }
  }

  @Override
  public void close() {
    source.close();
    target.close();
  }
}

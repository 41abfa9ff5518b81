package dev.repli.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.InitialCopy;
import dev.repli.plan.InitialCopy.Method;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets up replication between real MariaDB servers of two releases. */
class MariaDbSetupIT {
  private static final String COPY_PASSWORD = "c0py";
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

  @TempDir Path directory;
  private final LabAccounts accounts = LabAccounts.random();
  private final Map<String, String> passwords =
      Map.of(
          "repli", accounts.repli(),
          "repl", accounts.replication(),
          "repli_copy", COPY_PASSWORD,
          "REPLI_TEST", accounts.probe());
  private MariaDbServer source;
  private MariaDbServer target;

  @SuppressWarnings("NullAway.Init") // each test starts its own servers
  MariaDbSetupIT() {}

  private void start(ServerInstallation from, ServerInstallation to) {
    source = MariaDbServer.start(from, ServerSettings.of(1), accounts, directory.resolve("source"));
    target = MariaDbServer.start(to, ServerSettings.of(2), accounts, directory.resolve("target"));
    String[] copier = SetupLab.copier("copy-mariadb.sql", COPY_PASSWORD).toArray(new String[0]);
    source.run(true, copier);
    target.run(true, copier);
    source.run(false, DATA);
  }

  @AfterEach
  void stop() {
    if (source != null) {
      source.close();
    }
    if (target != null) {
      target.close();
    }
  }

  private Plan plan(Node.Tls tls) {
    return SetupLab.plan(
        SetupLab.node(Node.Role.SOURCE, Node.Kind.MARIADB, source.port(), tls),
        SetupLab.node(Node.Role.TARGET, Node.Kind.MARIADB, target.port(), tls),
        SetupLab.copy(Method.DUMP, SetupLab.tools("mariadb-11.8"), Optional.empty()));
  }

  private void replicates(Node.Tls tls) throws SQLException {
    try (SetupLab lab = new SetupLab(directory.resolve("repli"), passwords)) {
      source.run(true, "DROP USER repl");
      String proof = new SetupWalk(lab.setup(), plan(tls)).all();

      assertThat(proof).contains("reached").contains("heartbeat");
      assertThat(lab.evidence(CommandRun.class))
          .isNotEmpty()
          .allSatisfy(command -> assertThat(command.command()).doesNotContain(COPY_PASSWORD));
      assertThat(lab.evidence(StatementRun.class))
          .isNotEmpty()
          .allSatisfy(
              statement -> assertThat(statement.sql()).doesNotContain(accounts.replication()));
    }
    source.run(false, "INSERT INTO app.orders (item) VALUES ('later')");
    for (String sql :
        List.of(
            "CHECKSUM TABLE app.orders, app.lines",
            "SELECT COUNT(*), SUM(p) FROM app.prices FOR SYSTEM_TIME ALL",
            "SELECT COUNT(*) FROM app.recent",
            "SELECT COUNT(*) FROM information_schema.routines WHERE routine_schema = 'app'",
            "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = 'app'")) {
      org.awaitility.Awaitility.await()
          .untilAsserted(() -> assertThat(rows(target, sql)).isEqualTo(rows(source, sql)));
    }
    assertThat(rows(target, "SELECT status FROM information_schema.events"))
        .isEqualTo("SLAVESIDE_DISABLED;");
    assertThat(rows(target, "SELECT @@read_only")).isEqualTo("1;");
    assertThat(rows(source, "SELECT COUNT(*) FROM mysql.user WHERE user = 'repl'")).isEqualTo("1;");
  }

  private static String rows(MariaDbServer server, String sql) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Connection connection = server.admin();
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

  @Test
  void from1011To118WithTls() throws SQLException {
    start(
        ServerInstallation.unpacked("mariadb-10.11"), ServerInstallation.unpacked("mariadb-11.8"));
    replicates(Node.Tls.TRUST);
  }

  @Test
  void from114To118() throws SQLException {
    start(ServerInstallation.fromMaven(), ServerInstallation.unpacked("mariadb-11.8"));
    replicates(Node.Tls.DISABLED);
  }

  /** What operators give Repli to stop and start a server, as a script for this test. */
  private Path script(String name, String body) throws Exception {
    Path file = directory.resolve(name);
    java.nio.file.Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  @Test
  void copiesPhysicallyWhereBothAreOfOneReleaseOnThisMachine() throws Exception {
    ServerInstallation maria = ServerInstallation.unpacked("mariadb-11.8");
    start(maria, maria);
    source.run(true, "GRANT LOCK TABLES, RELOAD, PROCESS ON *.* TO repli_copy");
    Path root = directory.resolve("target");
    Path pid = root.resolve("data/lab.pid");
    Path stop =
        script(
            "stop",
            "[ -f %s ] || exit 0; p=$(cat %s); kill $p; while kill -0 $p 2>/dev/null; do sleep 0.1; done"
                .formatted(pid, pid));
    Path begin =
        script(
            "start",
            ": >%2$s/accounts.sql; %1$s --defaults-file=%2$s/server.cnf >>%2$s/again.log 2>&1 &"
                .formatted(maria.program(), root));
    InitialCopy.Files files =
        new InitialCopy.Files(
            directory.resolve("source/data"),
            root.resolve("data"),
            List.of(stop.toString()),
            List.of(begin.toString()));
    Plan plan =
        SetupLab.plan(
            SetupLab.node(Node.Role.SOURCE, Node.Kind.MARIADB, source.port(), Node.Tls.DISABLED),
            SetupLab.node(Node.Role.TARGET, Node.Kind.MARIADB, target.port(), Node.Tls.DISABLED),
            SetupLab.copy(Method.AUTO, SetupLab.tools("mariadb-11.8"), Optional.of(files)));
    try (SetupLab lab = new SetupLab(directory.resolve("repli"), passwords)) {
      SetupWalk walk = new SetupWalk(lab.setup(), plan);
      assertThat(walk.check()).isEqualTo(CopyMethod.BACKUP);
      assertThat(walk.all()).contains("heartbeat");
    } finally {
      new ProcessBuilder(stop.toString()).start().waitFor();
    }
  }
}

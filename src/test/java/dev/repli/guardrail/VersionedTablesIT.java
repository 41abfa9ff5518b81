package dev.repli.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.ServerPair;
import dev.repli.journal.InMemoryJournal;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Secrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data files of system-versioned tables that go from 10.11 to 11.8 and back, for real. */
class VersionedTablesIT {
  private static final String OLD_END = "'2038-01-19 03:14:07.999999'";
  @TempDir private Path folder;

  @Test
  void seesBothDamagesOfTakenOverFilesAndThatTheRepairsMendThem() throws Exception {
    LabAccounts accounts = LabAccounts.random();
    ServerInstallation older = ServerInstallation.unpacked("mariadb-10.11");
    ServerInstallation newer = ServerInstallation.unpacked("mariadb-11.8");
    try (MariaDbServer first =
        MariaDbServer.start(older, ServerSettings.of(1), accounts, folder.resolve("node"))) {
      first.run(
          true,
          "CREATE DATABASE app",
          "CREATE TABLE app.a (id INT PRIMARY KEY, v INT) WITH SYSTEM VERSIONING",
          "INSERT INTO app.a VALUES (1, 1), (2, 2)",
          "UPDATE app.a SET v = 3 WHERE id = 1");
      first.stop();
      Path data = folder.resolve("node/data");
      try (TakenOver up = new TakenOver(newer, data)) {
        assertThat(up.number("SELECT COUNT(*) FROM app.a")).isZero();
        assertThat(ask(up, accounts, "versioned-upgraded"))
            .contains("RED", "app.a is not converted", "no current row at all");
        up.run("ALTER TABLE app.a FORCE");
        assertThat(up.number("SELECT COUNT(*) FROM app.a")).isEqualTo(2);
        assertThat(ask(up, accounts, "versioned-upgraded")).contains("GREEN");
      }
      try (TakenOver back = new TakenOver(older, data)) {
        assertThat(back.number("SELECT COUNT(*) FROM app.a")).isZero();
        assertThat(ask(back, accounts, "versioned-intact"))
            .contains("RED", "app.a is damaged", "no current row at all");
        back.run(
            "SET SESSION system_versioning_insert_history = 1",
            "CREATE TABLE app.a2 LIKE app.a",
            "INSERT INTO app.a2 (id, v, row_start, row_end) SELECT id, v, row_start,"
                + " IF(row_end > %s, %s, row_end) FROM app.a FOR SYSTEM_TIME ALL"
                    .formatted(OLD_END, OLD_END),
            "DROP TABLE app.a",
            "RENAME TABLE app.a2 TO app.a");
        assertThat(back.number("SELECT COUNT(*) FROM app.a")).isEqualTo(2);
        assertThat(back.number("SELECT COUNT(*) FROM app.a FOR SYSTEM_TIME ALL")).isEqualTo(3);
        assertThat(ask(back, accounts, "versioned-intact")).contains("GREEN");
        assertThat(ask(back, accounts, "versioned-tables")).contains("app.a");
      }
    }
  }

  /** Of the one node; what the others say of a plan with one node twice does not matter here. */
  private static String ask(TakenOver server, LabAccounts accounts, String name) {
    Secrets secrets = reference -> accounts.repli();
    try (var context = GuardrailLab.context(secrets, new InMemoryJournal())) {
      Plan plan =
          GuardrailLab.plan(
              node(Node.Role.SOURCE, server.port), node(Node.Role.TARGET, server.port), List.of());
      GuardrailReport report =
          context.getBean(Guardrails.class).check(plan, Node.Role.SOURCE, Moment.BEFORE);
      GuardrailResult result = GuardrailLab.result(report, name);
      return result + " " + result.evidence();
    }
  }

  private static Node node(Node.Role role, int port) {
    return new Node(
        role,
        Node.Kind.MARIADB,
        new Endpoint("127.0.0.1", port),
        ServerPair.account("repli"),
        ServerPair.account("repl"),
        Node.Tls.DISABLED,
        Optional.empty());
  }

  /** A server of one release on the files of another, as an in-place change leaves it. */
  private static final class TakenOver implements AutoCloseable {
    private final Process process;
    final int port;

    TakenOver(ServerInstallation installation, Path data) throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      List<String> command = new ArrayList<>();
      command.add(installation.program().toString());
      command.add("--no-defaults");
      command.add("--datadir=" + data);
      command.add("--lc-messages-dir=" + installation.share());
      command.add("--character-sets-dir=" + installation.share().resolve("charsets"));
      command.add("--port=" + port);
      command.add("--bind-address=127.0.0.1");
      command.add("--socket=taken.sock");
      command.add("--pid-file=taken.pid");
      command.add("--skip-name-resolve");
      command.add("--performance-schema=ON");
      command.add("--server-id=1");
      command.add("--init-file=" + root(data));
      if ("root".equals(System.getProperty("user.name"))) {
        command.add("--user=root");
      }
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(data.resolveSibling("taken.log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> number("SELECT 1") == 1);
    }

    private static Path root(Path data) throws IOException {
      Path file = data.resolveSibling("taken.sql");
      Files.writeString(
          file,
          """
          SET sql_log_bin=0;
          CREATE USER IF NOT EXISTS 'taken'@'127.0.0.1' IDENTIFIED BY 'over';
          GRANT ALL ON *.* TO 'taken'@'127.0.0.1';
          GRANT SELECT ON app.* TO 'repli'@'%';
          """);
      return file;
    }

    private Connection admin() throws SQLException {
      return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/", "taken", "over");
    }

    long number(String sql) throws SQLException {
      try (Connection connection = admin();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        return row.next() ? row.getLong(1) : -1;
      }
    }

    void run(String... statements) throws SQLException {
      try (Connection connection = admin();
          Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    }

    @Override
    public void close() {
      process.destroy();
      process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
  }
}

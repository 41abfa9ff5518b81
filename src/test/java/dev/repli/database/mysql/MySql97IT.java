package dev.repli.database.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.Database;
import dev.repli.database.DatabaseContract;
import dev.repli.database.NodeSession;
import dev.repli.database.ServerPair;
import dev.repli.lab.LabAccounts;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowingConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The port's contract on two MySQL servers; skipped where they are not unpacked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MySql97IT extends DatabaseContract {
  private final LabAccounts accounts = LabAccounts.random();
  private final Path tree =
      Path.of(Optional.ofNullable(System.getenv("REPLI_CACHE")).orElse(".cache"))
          .resolve("servers/mysql-9.7")
          .toAbsolutePath();
  private final Database database =
      new MySqlDatabase(
          reference ->
              Objects.requireNonNull(
                  Map.of(
                          "env:REPLI", accounts.repli(),
                          "env:REPL", accounts.replication(),
                          "env:REPLI_PROBE", accounts.probe())
                      .get(reference.value())));
  private MySqlServer source;
  private MySqlServer target;

  @SuppressWarnings("NullAway.Init") // servers are started before the first test
  MySql97IT() {}

  @BeforeAll
  void startServers() throws IOException, InterruptedException {
    assumeTrue(
        Files.exists(tree.resolve(".complete")),
        "MySQL 9.7 is not unpacked; run: scripts/fetch-servers mysql");
    Path folder = Files.createTempDirectory("repli-mysql");
    source = MySqlServer.start(tree, folder.resolve("source"), 1, accountSql());
    target = MySqlServer.start(tree, folder.resolve("target"), 2, accountSql());
    try (NodeSession session = connect(source())) {
      session.prepareProbe();
      session.prepareProbe();
    }
  }

  private List<String> accountSql() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/accounts/mysql.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .replace("${repli}", accounts.repli())
          .replace("${repl}", accounts.replication())
          .replace("${probe}", accounts.probe())
          .lines()
          .filter(line -> !line.startsWith("--"))
          .toList();
    }
  }

  @AfterAll
  void stopServers() throws IOException {
    if (source != null) {
      source.close();
    }
    if (target != null) {
      target.close();
    }
  }

  @Override
  protected Database database() {
    return database;
  }

  @Override
  protected Node source() {
    return node(Node.Role.SOURCE, source.port());
  }

  @Override
  protected Node target() {
    return node(Node.Role.TARGET, target.port());
  }

  private static Node node(Node.Role role, int port) {
    return new Node(
        role,
        Node.Kind.MYSQL,
        new Endpoint("127.0.0.1", port),
        ServerPair.account("repli"),
        ServerPair.account("repl"),
        Node.Tls.DISABLED,
        Optional.empty());
  }

  @Override
  protected Account probeAccount() {
    return ServerPair.account("repli_probe");
  }

  @Override
  protected String replicationPassword() {
    return accounts.replication();
  }

  @Override
  protected void writerIsSource() {
    follow(source, target);
    follow(target, source);
    source.run("STOP REPLICA", "RESET REPLICA ALL");
    source.run("SET GLOBAL super_read_only=0", "SET GLOBAL read_only=0");
    source.run("SET GLOBAL event_scheduler=ON");
    target.run(
        "STOP REPLICA",
        "SET GLOBAL super_read_only=1",
        "CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT=%d,"
                .formatted(source.port())
            + " SOURCE_USER='repl', SOURCE_PASSWORD='%s',".formatted(accounts.replication())
            + " SOURCE_AUTO_POSITION=1, GET_SOURCE_PUBLIC_KEY=1",
        "START REPLICA");
    follow(target, source);
  }

  private static void follow(MySqlServer behind, MySqlServer ahead) {
    try (var here = behind.admin();
        var there = ahead.admin();
        var ask = there.createStatement();
        var wait = here.createStatement();
        var position = ask.executeQuery("SELECT @@gtid_executed")) {
      position.next();
      wait.execute("SELECT WAIT_FOR_EXECUTED_GTID_SET('" + position.getString(1) + "', 2)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A replica of MariaDB would stop at it: it knows no super_read_only (error 1193). */
  @Test
  void theDeadMansProcedureIsOnEachNodeForItself() {
    try (NodeSession session = connect(source())) {
      session.prepareProbe();
      assertThat(deadMan(session)).contains("1");
    }
    try (NodeSession session = connect(target())) {
      assertThat(deadMan(session)).contains("0");
    }
  }

  private static Optional<String> deadMan(NodeSession session) {
    return session.queryText(
        "SELECT COUNT(*) FROM information_schema.routines WHERE routine_name = 'dead_man'",
        Duration.ofSeconds(5));
  }

  @Override
  protected void eventually(Duration atMost, ThrowingConsumer<Void> condition) {
    Awaitility.await().atMost(atMost.multipliedBy(3)).untilAsserted(() -> condition.accept(null));
  }

  @Override
  protected void letPass(Duration time) {
    assertThat(
            connect(target())
                .queryText("SELECT SLEEP(" + time.toSeconds() + ")", time.multipliedBy(2)))
        .contains("0");
  }
}

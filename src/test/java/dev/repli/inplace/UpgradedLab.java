package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.backup.Backup;
import dev.repli.backup.BackupCatalogue;
import dev.repli.backup.BackupRehearsal;
import dev.repli.backup.BackupState;
import dev.repli.backup.BackupTools;
import dev.repli.engine.OnePlan;
import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostLog;
import dev.repli.host.Hosts;
import dev.repli.host.local.LocalHosts;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.HostAccess;
import dev.repli.plan.Machine;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A real 10.11 with a proved backup and writes after it, upgraded in place to 11.8, with writes
 * after that; and the plan that says how it goes back.
 */
public final class UpgradedLab implements AutoCloseable {
  public static final String PASSWORD = "way-back-1";
  private static final Hosts HOSTS = LocalHosts.only();
  private final Path root;
  private final Path folder;
  public final int port;
  private final MariaDbServer made;
  public final Machine machine;
  final Plan plan;
  public final Map<String, String> atTheUpgrade;

  public UpgradedLab(Path folder) throws Exception {
    this.folder = folder;
    this.root = folder.resolve("server");
    ServerInstallation old = ServerInstallation.unpacked("mariadb-10.11");
    Path oldTools = old.program().resolveSibling(".").normalize();
    Path newTools =
        ServerInstallation.unpacked("mariadb-11.8").program().resolveSibling(".").normalize();
    made = MariaDbServer.start(old, settings(), LabAccounts.random(), root);
    port = made.port();
    fill();
    Files.createDirectories(folder.resolve("backups"));
    Files.createDirectories(folder.resolve("scratch"));
    backup(oldTools);
    machine = machine(oldTools);
    prove();
    try (Connection admin = made.admin();
        Statement sql = admin.createStatement()) {
      writesBeforeTheUpgrade(sql);
    }
    made.stop();
    made.restart(); // its options no longer name the file with its first accounts
    made.stop();
    script("start", START.formatted(root, root, root, root, root));
    script("stop", STOP.formatted(root));
    link(newTools);
    run(folder.resolve("start"));
    awaitAnswer();
    run(
        newTools.resolve("mariadb-upgrade"),
        "--protocol=tcp",
        "--host=127.0.0.1",
        "--port=" + port,
        "--user=inplace");
    atTheUpgrade = tables();
    try (Connection admin = connect();
        Statement sql = admin.createStatement()) {
      writesSinceTheUpgrade(sql);
    }
    plan = plan();
  }

  private static ServerSettings settings() {
    return ServerSettings.of(51).with("max-allowed-packet", "16M");
  }

  /** As a service: returns when it was begun, holds nothing open, and is not begun twice. */
  private static final String START =
      """
      #!/bin/bash
      share=$(ls -d %s/current/usr/share/m*/english | head -1)
      cd %s
      setsid flock -n %s/running %s/current/w/mariadbd --defaults-file=%s/server.cnf \
        --lc-messages-dir="${share%%/english}" \
        --character-sets-dir="${share%%/english}/charsets" </dev/null >>started.log 2>&1 9>&- &
      """;

  private static final String STOP =
      """
      #!/bin/bash
      pid=$(cat %s/data/lab.pid) || exit 0
      kill -TERM "$pid"
      for try in {1..600}; do kill -0 "$pid" 2>/dev/null || exit 0; sleep 0.1; done
      exit 1
      """;

  private void script(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** The programs find their files by the folder above their own. */
  private void link(Path tools) throws IOException {
    Files.deleteIfExists(root.resolve("current"));
    Files.createSymbolicLink(root.resolve("current"), tools.resolveSibling(".").normalize());
  }

  private Machine machine(Path oldTools) throws IOException {
    String owner = System.getProperty("user.name");
    link(oldTools);
    return new Machine(
        new HostAccess.Local(),
        root.resolve("data"),
        owner + ":" + owner,
        root.resolve("current/w/mariadbd"),
        List.of(folder.resolve("stop").toString()),
        List.of(folder.resolve("start").toString()),
        Optional.of(new Machine.Backups(folder.resolve("backups"), folder.resolve("scratch"))),
        Optional.of(
            new Machine.Previous(
                "10.11",
                oldTools,
                List.of(
                    "/bin/ln",
                    "-sfn",
                    oldTools.resolveSibling(".").normalize().toString(),
                    root + "/current"))));
  }

  private void fill() throws SQLException {
    try (Connection admin = made.admin();
        Statement sql = admin.createStatement()) {
      sql.execute("CREATE USER 'inplace'@'%' IDENTIFIED BY '" + PASSWORD + "'");
      sql.execute("GRANT ALL ON *.* TO 'inplace'@'%'");
      sql.execute("CREATE DATABASE IF NOT EXISTS app");
      sql.execute(
          "CREATE TABLE app.orders (id INT PRIMARY KEY AUTO_INCREMENT, item VARCHAR(200),"
              + " amount DECIMAL(12,2), raw VARBINARY(40)) CHARACTER SET utf8mb4");
      sql.execute(
          "INSERT INTO app.orders (item, amount, raw) SELECT CONCAT('item ', seq), seq / 7,"
              + " UNHEX(SHA1(seq)) FROM app.seq_1_to_5000");
      sql.execute("CREATE TABLE app.old (id INT PRIMARY KEY, v INT) WITH SYSTEM VERSIONING");
      sql.execute("INSERT INTO app.old VALUES (1, 1), (2, 2)");
    }
  }

  private static void writesBeforeTheUpgrade(Statement sql) throws SQLException {
    sql.execute("UPDATE app.orders SET amount = amount + 1 WHERE id % 3 = 0");
    sql.execute("DELETE FROM app.orders WHERE id % 11 = 0");
    sql.execute("FLUSH BINARY LOGS");
    sql.execute("INSERT INTO app.orders (item, raw) VALUES ('zero', UNHEX('00FF00'))");
    sql.execute("CREATE TABLE app.`later ``one` (id INT PRIMARY KEY, t TEXT) CHARSET latin1");
    // one event of many packets' length, and a statement with a zero byte in its comment
    sql.execute(
        "INSERT INTO app.`later ``one` SELECT seq, REPEAT('é', 90) FROM app.seq_1_to_20000");
    sql.execute("UPDATE app.`later ``one` SET t = REPEAT('y', 800)");
  }

  private static void writesSinceTheUpgrade(Statement sql) throws SQLException {
    sql.execute("INSERT INTO app.orders (item, amount) VALUES ('since the upgrade', 1)");
    sql.execute("UPDATE app.orders SET item = 'changed since' WHERE id BETWEEN 100 AND 200");
    sql.execute("DELETE FROM app.orders WHERE id BETWEEN 300 AND 310");
    sql.execute("FLUSH BINARY LOGS");
    sql.execute("UPDATE app.old SET v = v + 10");
    sql.execute("INSERT INTO app.`later ``one` VALUES (99999, 'last')");
  }

  private void backup(Path tools) throws IOException {
    run(
        tools.resolve("mariadb-backup"),
        "--no-defaults",
        "--backup",
        "--protocol=tcp",
        "--host=127.0.0.1",
        "--port=" + port,
        "--user=inplace",
        "--datadir=" + root.resolve("data"),
        "--target-dir=" + folder.resolve("backups/monday"));
  }

  private void prove() {
    try (Host host = HOSTS.connect(machine.access(), BackupTools.allowed(machine), HostLog.NONE)) {
      Backup backup = new BackupCatalogue(host, machine).list().get(0);
      BackupState state =
          new BackupRehearsal(
                  () -> HOSTS.connect(machine.access(), BackupTools.allowed(machine), HostLog.NONE),
                  machine,
                  Clock.systemUTC())
              .prove(backup, new Cancellation());
      assertThat(state).isInstanceOf(BackupState.Proved.class);
    }
  }

  private void run(Path program, String... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("programs.log").toFile()));
    builder.environment().put("MYSQL_PWD", PASSWORD);
    assertThat(builder.start().onExit().join().exitValue())
        .as("%s, see %s", program, folder.resolve("programs.log"))
        .isZero();
  }

  private void awaitAnswer() {
    await()
        .alias("see " + root.resolve("started.log"))
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> {
              try (Connection connection = connect()) {
                return connection.isValid(5);
              } catch (SQLException notYet) {
                return false;
              }
            });
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port + "/", "inplace", PASSWORD);
  }

  public String ask(String sql) throws SQLException {
    try (Connection connection = connect();
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
    found.put("app.old", ask("SELECT GROUP_CONCAT(id, '=', v ORDER BY id) FROM app.old"));
    found.put("history", ask("SELECT COUNT(*) FROM app.old FOR SYSTEM_TIME ALL"));
    return found;
  }

  private String checksum(String table) throws SQLException {
    try (Connection connection = connect();
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
            Optional.of(made.fenceFile()),
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

  /** Keeps the server fenced over a restart. */
  public Path fenceFile() {
    return made.fenceFile();
  }

  @Override
  public void close() {
    Path pid = root.resolve("data/lab.pid");
    try {
      if (Files.exists(pid)) {
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
            .ifPresent(
                server -> {
                  server.destroyForcibly();
                  server.onExit().join();
                });
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      made.close();
    }
  }
}

package dev.repli.database.mysql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An unpacked MySQL on a free port of the loopback, with its data in a folder of its own. */
public final class MySqlServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private final Path folder;
  private final Path tree;
  private Process process;
  private final int port;

  private MySqlServer(Path tree, Path folder, Process process, int port) {
    this.tree = tree;
    this.folder = folder;
    this.process = process;
    this.port = port;
    Runtime.getRuntime().addShutdownHook(new Thread(() -> this.process.destroyForcibly()));
  }

  /**
   * @param tree unpacked by {@code scripts/fetch-servers mysql}
   * @param accounts statements for the new server, not written to its binary log
   */
  public static MySqlServer start(Path tree, Path folder, int serverId, List<String> accounts)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path init = folder.resolve("accounts.sql");
    List<String> sql = new ArrayList<>(List.of("SET sql_log_bin=0;"));
    sql.addAll(accounts);
    sql.add("CREATE USER 'lab'@'127.0.0.1' IDENTIFIED BY 'lab';");
    sql.add("GRANT ALL ON *.* TO 'lab'@'127.0.0.1' WITH GRANT OPTION;");
    Files.write(init, sql);
    List<String> options = options(tree, folder, serverId, port);
    Path file = folder.resolve("server.cnf");
    Files.write(file, options);
    String program = program(tree);
    Process made = launch(folder, program, "--defaults-file=" + file, "--initialize-insecure");
    if (!made.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS) || made.exitValue() != 0) {
      throw new IllegalStateException("no data directory: " + log(folder));
    }
    Process process = launch(folder, program, "--defaults-file=" + file, "--init-file=" + init);
    MySqlServer server = new MySqlServer(tree, folder, process, port);
    server.awaitAnswer();
    return server;
  }

  private static String program(Path tree) {
    return tree.resolve("w/mysqld").toString();
  }

  /**
   * Ends it as an administrator does and starts it again.
   *
   * @param options lines that its option file has from now on, too
   */
  public void restart(String... options) throws IOException, InterruptedException {
    Path file = folder.resolve("server.cnf");
    Files.write(file, List.of(options), StandardOpenOption.APPEND);
    process.destroy();
    process.onExit().join();
    process = launch(folder, program(tree), "--defaults-file=" + file);
    awaitAnswer();
  }

  private static List<String> options(Path tree, Path folder, int serverId, int port) {
    Path share = tree.resolve("usr/share/mysql");
    List<String> options =
        new ArrayList<>(
            List.of(
                "[mysqld]",
                "datadir=" + folder.resolve("data"),
                "socket=lab.sock",
                "pid-file=" + folder.resolve("lab.pid"),
                "port=" + port,
                "bind-address=127.0.0.1",
                "mysqlx=OFF",
                "server-id=" + serverId,
                "gtid-mode=ON",
                "enforce-gtid-consistency=ON",
                "secure-file-priv=NULL",
                "skip-name-resolve",
                "sync-binlog=0",
                "innodb-flush-log-at-trx-commit=2",
                "innodb-redo-log-capacity=16M",
                "innodb-buffer-pool-size=64M",
                "plugin-dir=" + tree.resolve("usr/lib/mysql/plugin"),
                "lc-messages-dir=" + share,
                "character-sets-dir=" + share.resolve("charsets")));
    if ("root".equals(System.getProperty("user.name"))) {
      options.add("user=root");
    }
    return options;
  }

  public int port() {
    return port;
  }

  public Connection admin() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port + "/?allowPublicKeyRetrieval=true", "lab", "lab");
  }

  public void run(String... statements) {
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      try (Connection connection = admin()) {
        if (connection.isValid(5)) {
          return;
        }
      } catch (SQLException notYet) {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("MySQL does not answer: " + log(folder));
  }

  private static Process launch(Path folder, String... command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
        .start();
  }

  private static String log(Path folder) throws IOException {
    return Files.readString(folder.resolve("server.log"));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}

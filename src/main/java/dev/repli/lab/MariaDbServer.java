package dev.repli.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A real MariaDB server on a free port of the loopback, with its data in a folder of its own. It
 * writes a binary log, replicates by GTID, and knows the accounts of {@link LabAccounts}. It ends
 * with this program.
 */
public final class MariaDbServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int PORT_ATTEMPTS = 5;

  private final ServerInstallation installation;
  private final ServerSettings settings;
  private final LabAccounts accounts;
  private final ServerFolder folder;
  private final String adminPassword = UUID.randomUUID().toString();
  private final Thread atExit = new Thread(this::endAtExit, "end-lab-server");
  private final int port;
  private Process process;

  private MariaDbServer(
      ServerInstallation installation, ServerSettings settings, LabAccounts accounts, Path root)
      throws IOException {
    this.installation = installation;
    this.settings = settings;
    this.accounts = accounts;
    this.folder = new ServerFolder(root, installation);
    Runtime.getRuntime().addShutdownHook(atExit);
    folder.initialise(accountSql(), Clock.systemUTC());
    int chosen = freePort();
    process = folder.start(chosen, settings, true);
    for (int attempt = 1; !answers(chosen); attempt++) {
      if (attempt == PORT_ATTEMPTS || !folder.lastLog().contains("Address already in use")) {
        throw new IllegalStateException(installation.name() + " ended: " + folder.lastLog());
      }
      chosen = freePort();
      process = folder.start(chosen, settings, true);
    }
    port = chosen;
    folder.forgetAccounts();
  }

  /**
   * Makes a new server and waits until it answers.
   *
   * @param root folder for all that it writes; must not exist, deleted at the end
   * @throws IllegalStateException with the end of the server's log when it does not start
   */
  public static MariaDbServer start(
      ServerInstallation installation, ServerSettings settings, LabAccounts accounts, Path root) {
    try {
      return new MariaDbServer(installation, settings, accounts, root);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + installation.name() + " in " + root, e);
    }
  }

  public int port() {
    return port;
  }

  public LabAccounts accounts() {
    return accounts;
  }

  public ServerInstallation installation() {
    return installation;
  }

  /** Option file that this server reads at start and Repli may write. */
  public Path fenceFile() {
    return folder.fenceFile();
  }

  /** PEM file of its self-signed certificate. */
  public Path certificate() {
    return folder.certificate();
  }

  /** All privileges; such a session breaks a fence, so close it before a switch. */
  public Connection admin() throws SQLException {
    return connect("lab", adminPassword);
  }

  /** The lab's application. */
  public Connection application() throws SQLException {
    return connect("app", accounts.application());
  }

  public Connection connect(String user, String password) throws SQLException {
    return connect(port, user, password);
  }

  private static Connection connect(int port, String user, String password) throws SQLException {
    String url = "jdbc:mariadb://127.0.0.1:" + port + "/?connectTimeout=5000&socketTimeout=30000";
    return DriverManager.getConnection(url, user, password);
  }

  /** Runs statements as administrator, not written to the binary log when {@code local}. */
  public void run(boolean local, String... statements) {
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      if (local) {
        statement.execute("SET sql_log_bin=0");
      }
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(installation.name() + " refused a lab statement", e);
    }
  }

  /** Lets this server replicate from the other, from its own position on, and stay read only. */
  public void replicateFrom(MariaDbServer source) {
    folder.keepFenced();
    run(
        true,
        "STOP SLAVE",
        "SET GLOBAL read_only=1",
        "SET GLOBAL gtid_slave_pos=@@gtid_binlog_pos",
        "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=%d, MASTER_USER='repl',"
                .formatted(source.port)
            + " MASTER_PASSWORD='%s', MASTER_USE_GTID=slave_pos, MASTER_SSL=1,"
                .formatted(source.accounts.replication())
            + " MASTER_SSL_VERIFY_SERVER_CERT=0, MASTER_CONNECT_RETRY=1",
        "START SLAVE");
  }

  /** {@code kill -9}. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Stops it in an orderly way, within 30 s. */
  public void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Starts again on the same data, port and options. */
  public void restart() {
    try {
      process = folder.start(port, settings, false);
      if (!answers(port)) {
        throw new IllegalStateException(installation.name() + " ended: " + folder.lastLog());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot restart " + installation.name(), e);
    }
  }

  /** {@code SIGSTOP}: it keeps its connections and answers nothing. */
  public void freeze() {
    signal("-STOP");
  }

  /** {@code SIGCONT}. */
  public void thaw() {
    signal("-CONT");
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Stops it; from now on its folder is the caller's, who also deletes it. */
  void handOver() {
    stop();
    forgetAtExit();
  }

  /** Ends it at once and deletes what it wrote. */
  @Override
  public void close() {
    kill();
    folder.delete();
    forgetAtExit();
  }

  private void forgetAtExit() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyShuttingDown) {
      // the hook runs by itself, and finds nothing left to do
    }
  }

  private void endAtExit() {
    if (process != null) {
      process.destroyForcibly();
    }
    folder.delete();
  }

  private List<String> accountSql() {
    List<String> sql = new ArrayList<>();
    sql.add("CREATE USER 'lab'@'127.0.0.1' IDENTIFIED BY '" + adminPassword + "';");
    sql.add("GRANT ALL ON *.* TO 'lab'@'127.0.0.1' WITH GRANT OPTION;");
    sql.add("DROP USER IF EXISTS 'root'@'127.0.0.1';");
    sql.addAll(accounts.statements());
    return sql;
  }

  /** Waits until it answers; false when it ended instead. */
  private boolean answers(int at) {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      try (Connection connection = connect(at, "lab", adminPassword)) {
        return connection.isValid(5);
      } catch (SQLException notYet) {
        if (ended(Duration.ofMillis(20))) {
          return false;
        }
      }
    }
    throw new IllegalStateException(
        installation.name() + " did not answer in " + START_LIMIT + ": " + folder.lastLog());
  }

  private void awaitEnd() {
    if (!ended(Duration.ofSeconds(30))) {
      process.destroyForcibly();
      ended(Duration.ofSeconds(30));
    }
  }

  private boolean ended(Duration within) {
    try {
      return process.waitFor(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + installation.name(), e);
    }
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

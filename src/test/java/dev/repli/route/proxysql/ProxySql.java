package dev.repli.route.proxysql;

import static org.awaitility.Awaitility.await;

import dev.repli.plan.Endpoint;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A ProxySQL process with its own folder, admin account {@code admin} and no servers. */
public final class ProxySql implements AutoCloseable {
  public static final String ADMIN_PASSWORD = "admin-of-the-test";
  private static final String MARIADB = "jdbc:mariadb://127.0.0.1:";

  private final Process process;
  private final int adminPort;
  private final int port;

  private ProxySql(Process process, int adminPort, int port) {
    this.process = process;
    this.adminPort = adminPort;
    this.port = port;
  }

  public static Optional<Path> program() {
    return Arrays.stream((System.getenv("PATH") + ":/usr/local/bin:/usr/bin").split(":"))
        .map(folder -> Path.of(folder, "proxysql"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * @param monitor password of the monitor's account {@code app}
   */
  public static ProxySql start(Path folder, String monitor) {
    int adminPort = freePort();
    int port = freePort();
    String text =
        """
        datadir="%s"
        admin_variables={ admin_credentials="admin:%s" mysql_ifaces="127.0.0.1:%d" }
        mysql_variables={ threads=2 interfaces="127.0.0.1:%d" server_version="11.4.5-MariaDB"
          monitor_username="app" monitor_password="%s" monitor_read_only_interval=300
          monitor_read_only_timeout=250 default_charset="utf8mb4"
          default_collation_connection="utf8mb4_general_ci" have_ssl="false"
          auto_increment_delay_multiplex=0 }
        """
            .formatted(folder, ADMIN_PASSWORD, adminPort, port, monitor);
    try {
      Path file = Files.writeString(folder.resolve("proxysql.cnf"), text);
      File log = folder.resolve("proxysql.log").toFile();
      Process process =
          new ProcessBuilder(
                  program().orElseThrow().toString(),
                  "-f",
                  "-c",
                  file.toString(),
                  "-D",
                  folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(log)
              .start();
      ProxySql started = new ProxySql(process, adminPort, port);
      await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(started::answers);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() throws SQLException {
    try (Connection admin = admin()) {
      return admin.isValid(1);
    }
  }

  private static int freePort() {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Endpoint adminEndpoint() {
    return new Endpoint("127.0.0.1", adminPort);
  }

  /** Where clients connect. */
  public Endpoint entrance() {
    return new Endpoint("127.0.0.1", port);
  }

  /** An administrator's connection. */
  public Connection admin() throws SQLException {
    return DriverManager.getConnection(
        MARIADB + adminPort + "/?sslMode=disable", "admin", ADMIN_PASSWORD);
  }

  /** A client's connection. */
  Connection client(String user, String password) throws SQLException {
    return DriverManager.getConnection(
        MARIADB + port + "/?sslMode=disable&connectTimeout=5000&socketTimeout=15000",
        user,
        password);
  }

  public void run(String... statements) {
    try (Connection admin = admin();
        Statement statement = admin.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("ProxySQL refused the test's statement", e);
    }
  }

  /** Rows of one column's values, joined by commas. */
  public String ask(String sql) {
    try (Connection admin = admin();
        Statement statement = admin.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      StringBuilder text = new StringBuilder();
      while (rows.next()) {
        text.append(text.isEmpty() ? "" : ",").append(rows.getString(1));
      }
      return text.toString();
    } catch (SQLException e) {
      throw new IllegalStateException("ProxySQL refused the test's question", e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

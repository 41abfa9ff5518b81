package dev.repli.database.mysql;

import dev.repli.database.ServerPair;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * MySQL 9.7, which writes, with a replica of MariaDB 11.8 by file and offset. MariaDB gets the
 * client plugin that logs in at MySQL from the folder where Debian's package has it.
 */
public final class MySqlToMariaDb implements AutoCloseable {
  private static final Path SERVERS =
      Path.of(Optional.ofNullable(System.getenv("REPLI_CACHE")).orElse(".cache"))
          .resolve("servers")
          .toAbsolutePath();
  private static final Path MYSQL = SERVERS.resolve("mysql-9.7");
  private static final Path CLIENT_PLUGINS =
      SERVERS.resolve("mariadb-11.8/usr/lib/x86_64-linux-gnu/libmariadb3/plugin");

  /** What to say when {@link #isThere} is false. */
  public static final String MISSING =
      "MySQL 9.7 is not unpacked; run: scripts/fetch-servers mysql";

  private final LabAccounts accounts = LabAccounts.random();
  private final MySqlServer source;
  private final MariaDbServer target;

  /** Both start, follow each other, and have an empty schema app. */
  public MySqlToMariaDb(Path folder) throws IOException, InterruptedException, SQLException {
    this(folder, List.of());
  }

  /**
   * The same.
   *
   * @param more statements that make further accounts on the source
   */
  public MySqlToMariaDb(Path folder, List<String> more)
      throws IOException, InterruptedException, SQLException {
    List<String> sql = accountSql();
    sql.addAll(more);
    source = MySqlServer.start(MYSQL, folder.resolve("my"), 1, sql);
    target =
        MariaDbServer.start(
            ServerInstallation.unpacked("mariadb-11.8"),
            ServerSettings.of(2).with("plugin-dir", CLIENT_PLUGINS.toString()),
            accounts,
            folder.resolve("maria"));
    follow();
    source.run("CREATE DATABASE app");
  }

  /** Whether both are unpacked on this machine. */
  public static boolean isThere() {
    return Files.exists(MYSQL.resolve(".complete")) && Files.exists(CLIENT_PLUGINS);
  }

  public LabAccounts accounts() {
    return accounts;
  }

  public MySqlServer source() {
    return source;
  }

  public MariaDbServer target() {
    return target;
  }

  public Node sourceNode() {
    return node(Node.Role.SOURCE, Node.Kind.MYSQL, source.port());
  }

  public Node targetNode() {
    return node(Node.Role.TARGET, Node.Kind.MARIADB, target.port());
  }

  public Secrets secrets() {
    return reference ->
        Objects.requireNonNull(
            Map.of(
                    "env:REPLI", accounts.repli(),
                    "env:REPL", accounts.replication(),
                    "env:REPLI_PROBE", accounts.probe())
                .get(reference.value()));
  }

  private void follow() throws SQLException {
    try (Connection admin = source.admin();
        Statement statement = admin.createStatement();
        ResultSet end = statement.executeQuery("SHOW BINARY LOG STATUS")) {
      end.next();
      target.run(
          true,
          "SET GLOBAL read_only = 1",
          "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=%d, MASTER_USER='repl',"
                  .formatted(source.port())
              + " MASTER_PASSWORD='%s', MASTER_USE_GTID=no,".formatted(accounts.replication())
              + " MASTER_LOG_FILE='%s', MASTER_LOG_POS=%d,"
                  .formatted(end.getString(1), end.getLong(2))
              + " MASTER_SSL=1, MASTER_SSL_VERIFY_SERVER_CERT=0, MASTER_CONNECT_RETRY=1",
          "START SLAVE");
    }
  }

  private List<String> accountSql() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/accounts/mysql.sql")) {
      List<String> sql =
          new ArrayList<>(
              new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                  .replace("${repli}", accounts.repli())
                  .replace("${repl}", accounts.replication())
                  .replace("${probe}", accounts.probe())
                  .lines()
                  .filter(line -> !line.startsWith("--"))
                  .toList());
      sql.add("GRANT SELECT, SHOW VIEW, TRIGGER ON app.* TO 'repli'@'%';");
      return sql;
    }
  }

  private static Node node(Node.Role role, Node.Kind kind, int port) {
    return new Node(
        role,
        kind,
        new Endpoint("127.0.0.1", port),
        ServerPair.account("repli"),
        ServerPair.account("repl"),
        Node.Tls.DISABLED,
        Optional.empty());
  }

  @Override
  public void close() {
    target.close();
    try {
      source.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

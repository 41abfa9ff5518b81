package dev.repli.delta;

import dev.repli.database.Position;
import dev.repli.database.ServerPair;
import dev.repli.database.mysql.MySqlServer;
import dev.repli.delta.sql.ColumnSql;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** One real server with binary log whose schema {@code app} is empty. */
public final class DeltaLab implements AutoCloseable {
  /** UTC, no check and no change of values: what was stored once can be stored again. */
  public static final List<String> SESSION =
      List.of(
          "SET NAMES utf8mb4",
          "SET SESSION time_zone = '+00:00', sql_mode = 'NO_AUTO_VALUE_ON_ZERO'");

  private static final Path SERVERS =
      Path.of(Optional.ofNullable(System.getenv("REPLI_CACHE")).orElse(".cache"))
          .resolve("servers")
          .toAbsolutePath();
  private static final Path MYSQL = SERVERS.resolve("mysql-9.7");
  private final LabAccounts accounts = LabAccounts.random();
  private final Optional<MariaDbServer> mariaDb;
  private final Optional<MySqlServer> mySql;

  private DeltaLab(String name, int id, List<String> variables) {
    try {
      Path folder = Files.createTempDirectory("repli-delta");
      if (name.equals("mysql-9.7")) {
        mariaDb = Optional.empty();
        mySql =
            Optional.of(
                MySqlServer.start(
                    MYSQL,
                    folder,
                    id,
                    List.of(
                        "CREATE USER 'repli'@'%%' IDENTIFIED BY '%s';".formatted(accounts.repli()),
                        "GRANT SELECT, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'repli'@'%';",
                        "CREATE USER 'repl'@'%%' IDENTIFIED BY '%s';"
                            .formatted(accounts.replication()),
                        "GRANT REPLICATION SLAVE ON *.* TO 'repl'@'%';")));
      } else {
        ServerSettings settings = ServerSettings.of(id);
        for (String variable : variables) {
          String[] parts = variable.split("=", 2);
          settings = settings.with(parts[0], parts[1]);
        }
        mySql = Optional.empty();
        mariaDb =
            Optional.of(
                MariaDbServer.start(
                    name.equals("mariadb-11.4")
                        ? ServerInstallation.fromMaven()
                        : ServerInstallation.unpacked(name),
                    settings,
                    accounts,
                    folder));
        mariaDb.get().run(true, "GRANT SELECT ON *.* TO 'repli'@'%'");
      }
      try (Connection connection = admin();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE IF NOT EXISTS app");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Starts one.
   *
   * @param name {@code mariadb-10.11}, {@code mariadb-11.4}, {@code mariadb-11.8} or {@code
   *     mysql-9.7}
   * @param variables of MariaDB, {@code name=value}
   */
  public static DeltaLab start(String name, String... variables) {
    return new DeltaLab(name, 7, List.of(variables));
  }

  /** The same, with another number in replication. */
  public static DeltaLab start(String name, int serverId) {
    return new DeltaLab(name, serverId, List.of());
  }

  /** Whether the release is unpacked on this machine. */
  public static boolean isThere(String name) {
    return name.equals("mariadb-11.4")
        || (name.equals("mysql-9.7")
            ? Files.exists(MYSQL.resolve(".complete"))
            : ServerInstallation.isUnpacked(name));
  }

  public boolean isMySql() {
    return mySql.isPresent();
  }

  public MariaDbServer mariaDb() {
    return mariaDb.orElseThrow();
  }

  public Node node() {
    return node(Node.Role.TARGET);
  }

  public Node node(Node.Role role) {
    int port = isMySql() ? mySql.orElseThrow().port() : mariaDb.orElseThrow().port();
    return new Node(
        role,
        isMySql() ? Node.Kind.MYSQL : Node.Kind.MARIADB,
        new Endpoint("127.0.0.1", port),
        ServerPair.account("repli"),
        ServerPair.account("repl"),
        Node.Tls.DISABLED,
        Optional.empty());
  }

  public Secrets secrets() {
    return reference -> {
      String secret =
          switch (reference.value()) {
            case "env:REPLI" -> accounts.repli();
            case "env:REPL" -> accounts.replication();
            default -> null;
          };
      return Objects.requireNonNull(secret);
    };
  }

  /** An administrator in schema app. */
  public Connection connect() throws SQLException {
    Connection connection = admin();
    connection.setCatalog("app");
    return connection;
  }

  public Connection admin() throws SQLException {
    return isMySql() ? mySql.orElseThrow().admin() : mariaDb.orElseThrow().admin();
  }

  /** Runs statements in schema app. */
  public void run(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the server stands now. */
  public Position position() {
    return new Position(
        isMySql() ? Position.Kind.MYSQL_GTID_SET : Position.Kind.MARIADB_GTID,
        text(isMySql() ? "SELECT @@gtid_executed" : "SELECT @@gtid_binlog_pos"));
  }

  /** The same as file and offset. */
  public Position filePosition() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(isMySql() ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS")) {
      row.next();
      return new Position(Position.Kind.BINLOG_FILE, row.getString(1) + ":" + row.getLong(2));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public String text(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1)).replace("\n", "");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How the columns of a table here that is as the changes say are read and written. */
  public List<ColumnSql> columns(DeltaTable table) {
    List<ColumnSql> columns = new ArrayList<>();
    for (DeltaColumn column : table.columns()) {
      boolean json = isMySql() && column.kind() == ColumnKind.JSON;
      columns.add(ColumnSql.of(columns.size(), column, column.charset(), "", json));
    }
    return columns;
  }

  /** All rows of a table as the server has them now, by its primary key. */
  public List<Row> rows(DeltaTable table) {
    String columns = columns(table).stream().map(ColumnSql::read).collect(Collectors.joining(", "));
    String order =
        table.primaryKey().stream()
            .map(i -> ColumnSql.quoted(table.columns().get(i).name()))
            .collect(Collectors.joining(", "));
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : SESSION) {
        statement.execute(sql);
      }
      List<Row> rows = new ArrayList<>();
      try (ResultSet result =
          statement.executeQuery(
              "SELECT %s FROM %s.%s ORDER BY %s"
                  .formatted(columns, table.schema(), ColumnSql.quoted(table.name()), order))) {
        while (result.next()) {
          Cell[] cells = new Cell[table.columns().size()];
          for (int i = 0; i < cells.length; i++) {
            cells[i] = columns(table).get(i).cell(result, i + 1);
          }
          rows.add(Row.of(cells));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    mariaDb.ifPresent(MariaDbServer::close);
    if (mySql.isPresent()) {
      try {
        mySql.get().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

package dev.repli.delta.imports.jdbc;

import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import dev.repli.delta.imports.ChangeFeed;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.History;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportLimits;
import dev.repli.delta.imports.ImportObserver;
import dev.repli.delta.imports.ImportRequest;
import dev.repli.delta.imports.ImportResult;
import dev.repli.delta.imports.ImportTarget;
import dev.repli.plan.Account;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.SecretRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Imports into a real server, with what is held in an H2 database. */
public final class ImportLab {
  public static final String PASSWORD = "import-7c1";
  static final ImportId ID = new ImportId("import-1");
  static final ImportLimits LIMITS =
      new ImportLimits(20, 200, 1000, Duration.ZERO, 50, Duration.ofMillis(20));
  static final String THINGS =
      "CREATE TABLE app.things (id INT PRIMARY KEY, name VARCHAR(50), amount INT)"
          + " ENGINE=InnoDB CHARACTER SET utf8mb4";

  private ImportLab() {}

  /** The statements that operators are told. */
  public static List<String> account(String file) {
    try (InputStream in = ImportLab.class.getResourceAsStream("/accounts/" + file)) {
      String sql =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
              .replace("${import}", PASSWORD)
              .concat(
                  "GRANT SELECT, INSERT, UPDATE, DELETE, TRIGGER ON app.* TO 'repli_import'@'%';\n");
      return sql.lines().filter(line -> !line.startsWith("--")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static HeldChanges held() {
    return held("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  public static HeldChanges held(String url) {
    DataSource database = new DriverManagerDataSource(url);
    Flyway.configure().dataSource(database).locations("db/migration/h2").load().migrate();
    return new JdbcHeldChanges(JdbcClient.create(database), new JdbcTransactionManager(database));
  }

  public static Account account() {
    return new Account("repli_import", new SecretRef("env:IMPORT"));
  }

  public static Node node(Node.Kind kind, int port) {
    return new Node(
        Node.Role.SOURCE,
        kind,
        new Endpoint("127.0.0.1", port),
        account(),
        account(),
        Node.Tls.DISABLED,
        Optional.empty());
  }

  public static ImportTarget target() {
    return new JdbcImportTarget(reference -> PASSWORD);
  }

  static ImportRequest request(Node into, String... tables) {
    Map<String, Policy> policies = new HashMap<>();
    for (String table : tables) {
      policies.put("app." + table, Policy.EXPORT_IMPORT);
    }
    return new ImportRequest(ID, into, account(), policies, LIMITS);
  }

  static ImportResult run(ImportRequest request, HeldChanges held, ChangeFeed feed) {
    return run(request, held, feed, ImportObserver.NOBODY);
  }

  static ImportResult run(
      ImportRequest request, HeldChanges held, ChangeFeed feed, ImportObserver observer) {
    return new ImportDelta(target(), held, pause -> LockSupport.parkNanos(pause.toNanos()))
        .run(request, feed, observer);
  }

  static void fill(Connection connection, Map<Integer, Row> rows) throws SQLException {
    List<String> values = new ArrayList<>();
    rows.values()
        .forEach(
            row -> values.add("(%s, %s, %s)".formatted(row.cell(0), row.cell(1), row.cell(2))));
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM app.things");
      if (!values.isEmpty()) {
        statement.execute("INSERT INTO app.things VALUES " + String.join(", ", values));
      }
    }
  }

  static Map<Integer, Row> rows(Connection connection) throws SQLException {
    Map<Integer, Row> rows = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id, name, amount FROM app.things")) {
      while (row.next()) {
        rows.put(row.getInt(1), History.row(row.getInt(1), row.getString(2), row.getInt(3)));
      }
    }
    return rows;
  }

  static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    }
  }

  static DeltaTable things() {
    return History.THINGS;
  }
}

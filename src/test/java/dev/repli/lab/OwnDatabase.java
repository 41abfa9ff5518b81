package dev.repli.lab;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** Repli's own database on a real server, which lives as long as the tests of one class. */
public final class OwnDatabase implements BeforeAllCallback, AfterAllCallback {
  private final Kind kind;
  private @Nullable Server server;

  private OwnDatabase(Kind kind) {
    this.kind = kind;
  }

  public static OwnDatabase mariaDb() {
    return new OwnDatabase(OwnDatabase::startMariaDb);
  }

  public static OwnDatabase postgreSql() {
    return new OwnDatabase(OwnDatabase::startPostgreSql);
  }

  /** An embedded one, empty, with every migration; needs no server. */
  public static DataSource embedded() {
    return migrate(
        new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"),
        "h2");
  }

  private interface Kind {
    Server start() throws IOException;
  }

  private record Server(
      String vendor, String url, String user, String password, AutoCloseable running) {}

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    server = kind.start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (server != null) {
      server.running().close();
    }
  }

  /** Cleared, with every migration. */
  public DataSource migrated() {
    Server now = started();
    return migrate(
        new DriverManagerDataSource(now.url(), now.user(), now.password()), now.vendor());
  }

  private static DataSource migrate(DataSource database, String vendor) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(database)
            .locations("db/migration/" + vendor)
            .cleanDisabled(false)
            .load();
    flyway.clean();
    flyway.migrate();
    return database;
  }

  public String url() {
    return started().url();
  }

  public String user() {
    return started().user();
  }

  public String password() {
    return started().password();
  }

  private Server started() {
    Server now = server;
    if (now == null) {
      throw new IllegalStateException("the server is started before the first test of the class");
    }
    return now;
  }

  private static Server startMariaDb() throws IOException {
    Path folder = Files.createTempDirectory("repli-own");
    String password = UUID.randomUUID().toString();
    MariaDbServer server =
        MariaDbServer.start(
            ServerInstallation.fromMaven(),
            ServerSettings.of(1),
            LabAccounts.random(),
            folder.resolve("server"));
    server.run(
        true,
        // triggers in a server with a binary log
        "SET GLOBAL log_bin_trust_function_creators = 1",
        "CREATE DATABASE repli",
        "CREATE USER engine@'%' IDENTIFIED BY '" + password + "'",
        "GRANT ALL ON repli.* TO engine@'%'");
    return new Server(
        "mariadb",
        "jdbc:mariadb://127.0.0.1:" + server.port() + "/repli",
        "engine",
        password,
        () -> {
          server.close();
          FileSystemUtils.deleteRecursively(folder);
        });
  }

  private static Server startPostgreSql() {
    Optional<Path> programs = PostgreSqlServer.programs();
    assumeTrue(
        programs.isPresent(), "no PostgreSQL server here; install it: apt-get install postgresql");
    PostgreSqlServer server = PostgreSqlServer.start(programs.orElseThrow());
    return new Server("postgresql", server.url(), server.user(), server.password(), server);
  }
}

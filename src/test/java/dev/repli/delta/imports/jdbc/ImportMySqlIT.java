package dev.repli.delta.imports.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.mysql.MySqlServer;
import dev.repli.database.mysql.MySqlToMariaDb;
import dev.repli.plan.Node;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MySQL 9.7, read only, as it is during a way back; skipped where it is not there. */
class ImportMySqlIT extends ImportContract {
  private MySqlServer server;

  @SuppressWarnings("NullAway.Init") // the server is started before the first test
  ImportMySqlIT() {}

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    assumeTrue(MySqlToMariaDb.isThere(), MySqlToMariaDb.MISSING);
    Path tree =
        Path.of(Optional.ofNullable(System.getenv("REPLI_CACHE")).orElse(".cache"))
            .resolve("servers/mysql-9.7")
            .toAbsolutePath();
    server =
        MySqlServer.start(tree, folder.resolve("my"), 1, ImportLab.account("import-mysql.sql"));
    server.run("SET GLOBAL read_only = 1");
  }

  @AfterAll
  void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Override
  Node node() {
    return ImportLab.node(Node.Kind.MYSQL, server.port());
  }

  @Test
  void countsBothOfTwoThatAreTheFirstAtOnce() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    run("CREATE DATABASE IF NOT EXISTS repli_probe");
    for (String table : Setup.tables(Node.Kind.MYSQL).values()) {
      run(table);
    }
    try (Connection one = admin();
        Connection other = admin()) {
      begin(one);
      begin(other);
      new CountedCommits(node(), one).count("both");
      Future<Boolean> second =
          threads.submit(
              () -> {
                new CountedCommits(node(), other).count("both");
                other.commit();
                return true;
              });
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> !text("SELECT COUNT(*) FROM performance_schema.data_lock_waits").equals("0"));
      one.commit();
      assertThat(second.get(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      threads.shutdownNow();
    }
    assertThat(text("SELECT commits FROM repli_probe.delta_commits WHERE id = 'both'"))
        .isEqualTo("2");
  }

  private static void begin(Connection connection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    connection.setAutoCommit(false);
  }

  @Override
  Connection admin() throws SQLException {
    return server.admin();
  }
}

package dev.repli.delta.imports.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.mysql.MySqlServer;
import dev.repli.database.mysql.MySqlToMariaDb;
import dev.repli.plan.Node;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** MySQL 9.7, read only, as it is during a way back; skipped where it is not there. */
class ConflictMySqlIT extends ConflictContract {
  private MySqlServer server;

  @SuppressWarnings("NullAway.Init") // the server is started before the first test
  ConflictMySqlIT() {}

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

  @Override
  Connection admin() throws SQLException {
    return server.admin();
  }
}

package dev.repli.delta.imports.jdbc;

import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Node;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** MariaDB, fenced, as it is during a way back. */
class Conflict114IT extends ConflictContract {
  private MariaDbServer server;

  @SuppressWarnings("NullAway.Init") // the server is started before the first test
  Conflict114IT() {}

  @BeforeAll
  void start(@TempDir Path folder) {
    server =
        MariaDbServer.start(
            ServerInstallation.fromMaven(),
            ServerSettings.of(1),
            LabAccounts.random(),
            folder.resolve("server"));
    server.run(true, ImportLab.account("import-mariadb.sql").toArray(String[]::new));
    server.run(true, "SET GLOBAL read_only = 1");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  Node node() {
    return ImportLab.node(Node.Kind.MARIADB, server.port());
  }

  @Override
  Connection admin() throws SQLException {
    return server.admin();
  }
}

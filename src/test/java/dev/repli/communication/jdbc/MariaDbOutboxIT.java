package dev.repli.communication.jdbc;

import dev.repli.communication.OutboxContract;
import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class MariaDbOutboxIT extends OutboxContract {
  private static final String PASSWORD = UUID.randomUUID().toString();
  private static MariaDbServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server =
        MariaDbServer.start(
            ServerInstallation.fromMaven(),
            ServerSettings.of(1),
            LabAccounts.random(),
            folder.resolve("server"));
    server.run(
        true,
        "SET GLOBAL log_bin_trust_function_creators = 1",
        "CREATE DATABASE repli",
        "CREATE USER engine@'%' IDENTIFIED BY '" + PASSWORD + "'",
        "GRANT ALL ON repli.* TO engine@'%'");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected RealOutbox database() {
    return new RealOutbox(
        new DriverManagerDataSource(
            "jdbc:mariadb://127.0.0.1:" + server.port() + "/repli", "engine", PASSWORD),
        "mariadb");
  }
}

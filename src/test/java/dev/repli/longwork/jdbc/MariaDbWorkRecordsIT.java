package dev.repli.longwork.jdbc;

import dev.repli.lab.LabAccounts;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.longwork.WorkRecords;
import dev.repli.longwork.WorkRecordsContract;
import java.nio.file.Path;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

class MariaDbWorkRecordsIT extends WorkRecordsContract {
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
  protected WorkRecords records() {
    DriverManagerDataSource database =
        new DriverManagerDataSource(
            "jdbc:mariadb://127.0.0.1:" + server.port() + "/repli", "engine", PASSWORD);
    Flyway flyway =
        Flyway.configure()
            .dataSource(database)
            .locations("db/migration/mariadb")
            .cleanDisabled(false)
            .load();
    flyway.clean();
    flyway.migrate();
    return new JdbcWorkRecords(JdbcClient.create(database), new JdbcTransactionManager(database));
  }
}

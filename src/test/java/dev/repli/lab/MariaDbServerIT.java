package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MariaDbServerIT {
  static Stream<ServerInstallation> installations() {
    return Stream.of(
        ServerInstallation.unpacked("mariadb-10.11"),
        ServerInstallation.fromMaven(),
        ServerInstallation.unpacked("mariadb-11.8"));
  }

  @ParameterizedTest
  @MethodSource("installations")
  void keepsItsDataAndItsReplicaOverAKill(ServerInstallation installation, @TempDir Path folder)
      throws SQLException {
    LabAccounts accounts = LabAccounts.random();
    Path one = folder.resolve("one");
    try (MariaDbServer source =
            MariaDbServer.start(installation, ServerSettings.of(1), accounts, one);
        MariaDbServer replica =
            MariaDbServer.start(
                installation, ServerSettings.of(2), accounts, folder.resolve("two"))) {
      replica.replicateFrom(source);
      source.run(false, "CREATE DATABASE app", "CREATE TABLE app.t (id INT PRIMARY KEY)");
      source.kill();
      assertThat(source.isAlive()).isFalse();
      source.restart();
      try (Connection application = source.application();
          var statement = application.createStatement()) {
        statement.execute("INSERT INTO app.t VALUES (7)");
      }

      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(rows(replica)).isEqualTo(1));
      assertThatThrownBy(
              () -> {
                try (Connection application = replica.application();
                    var statement = application.createStatement()) {
                  statement.execute("INSERT INTO app.t VALUES (8)");
                }
              })
          .hasMessageContaining("read-only");
    }
    assertThat(Files.exists(one)).isFalse();
  }

  private static int rows(MariaDbServer server) throws SQLException {
    try (Connection connection = server.application();
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM app.t")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}

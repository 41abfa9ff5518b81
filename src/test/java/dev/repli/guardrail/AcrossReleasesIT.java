package dev.repli.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.lab.ServerInstallation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** 10.11 with a replica of 11.8: what differs between them, and two thousand tables. */
class AcrossReleasesIT {
  private static final int TABLES = 2000;
  private static GuardrailLab lab;

  @BeforeAll
  static void start() {
    lab =
        new GuardrailLab(
            ServerInstallation.unpacked("mariadb-10.11"),
            ServerInstallation.unpacked("mariadb-11.8"));
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void seesWhatTheOlderReleaseCannotTakeBack() {
    lab.pair()
        .target()
        .run(
            true,
            "CREATE TABLE app.points (id INT PRIMARY KEY, at VECTOR(3) NOT NULL)",
            "CREATE TABLE app.due (id INT PRIMARY KEY, at TIMESTAMP NULL)",
            "INSERT INTO app.due VALUES (1, '2050-01-01 00:00:00')",
            "CREATE VIEW app.checked AS SELECT JSON_SCHEMA_VALID('{}', '{}') AS good");
    GuardrailReport broken = lab.check();

    assertThat(GuardrailLab.result(broken, "newer-features").evidence())
        .anySatisfy(line -> assertThat(line).contains("4161"))
        .anySatisfy(line -> assertThat(line).contains("1305"));
    assertThat(GuardrailLab.result(broken, "late-timestamps").status()).isEqualTo(Status.RED);
    assertThat(GuardrailLab.result(broken, "default-collations").status()).isEqualTo(Status.RED);
    assertThat(GuardrailLab.result(broken, "version-pair").status()).isEqualTo(Status.AMBER);

    lab.pair()
        .target()
        .run(
            true,
            "DROP TABLE app.points, app.due",
            "DROP VIEW app.checked",
            "SET GLOBAL character_set_collations = ''");
    GuardrailReport mended = lab.check();
    assertThat(List.of("newer-features", "late-timestamps", "default-collations"))
        .allSatisfy(
            name ->
                assertThat(GuardrailLab.result(mended, name).status())
                    .as(GuardrailLab.result(mended, name).toString())
                    .isEqualTo(Status.GREEN));
    assertThat(mended.results())
        .filteredOn(result -> result.found().startsWith("could not be checked"))
        .isEmpty();
  }

  @Test
  void listsVersionedTablesWithTheRangeOfEachReleaseAndFindsNoDamageAfterReplication()
      throws SQLException {
    lab.pair()
        .source()
        .run(
            false,
            "CREATE TABLE app.prices (id INT PRIMARY KEY, v INT) WITH SYSTEM VERSIONING",
            "INSERT INTO app.prices VALUES (1, 1)",
            "UPDATE app.prices SET v = 2");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> onTheReplica("SELECT COUNT(*) FROM app.prices FOR SYSTEM_TIME ALL") == 2);

    GuardrailReport report = lab.check();

    GuardrailResult listed = GuardrailLab.result(report, "versioned-tables");
    assertThat(listed.status()).isEqualTo(Status.AMBER);
    assertThat(listed.evidence())
        .anySatisfy(line -> assertThat(line).contains("2038", "app.prices"))
        .anySatisfy(line -> assertThat(line).contains("2106", "app.prices"));
    assertThat(List.of("versioned-upgraded", "versioned-intact"))
        .allSatisfy(
            name ->
                assertThat(GuardrailLab.result(report, name).status())
                    .as(GuardrailLab.result(report, name).toString())
                    .isEqualTo(Status.GREEN));
    assertThat(onTheReplica("SELECT COUNT(*) FROM app.prices")).isEqualTo(1);
    lab.pair().source().run(false, "DROP TABLE app.prices");
  }

  @Test
  void readsTwoThousandTablesOnceAndWithinSeconds() {
    List<String> sql = new ArrayList<>(List.of("CREATE DATABASE IF NOT EXISTS app"));
    for (int i = 0; i < TABLES; i++) {
      sql.add(
          "CREATE TABLE app.t%d (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(40), at"
                  .formatted(i)
              + " DATETIME, KEY (name))");
    }
    lab.pair().source().run(false, sql.toArray(String[]::new));
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(tablesOnTheReplica()).isEqualTo(TABLES));

    GuardrailReport report = lab.check();

    assertThat(report.took()).isLessThan(Duration.ofSeconds(20));
    assertThat(GuardrailLab.result(report, "primary-keys").status()).isEqualTo(Status.GREEN);
    assertThat(GuardrailLab.result(report, "tables-equal").status()).isEqualTo(Status.GREEN);
  }

  private static long tablesOnTheReplica() throws SQLException {
    return onTheReplica(
        "SELECT COUNT(*) FROM information_schema.innodb_sys_tables WHERE name LIKE 'app/t%'");
  }

  private static long onTheReplica(String sql) throws SQLException {
    try (Connection admin = lab.pair().target().admin();
        Statement statement = admin.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}

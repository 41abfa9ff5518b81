package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.delta.imports.jdbc.ImportLab;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cutover, changes that never reached the source, and then the target's binary logs are purged:
 * the packaged application goes back with the rows whose time column tells, and says what is
 * missing.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class PurgedLogIT {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final String STOCK =
      "SELECT GROUP_CONCAT(id, '=', amount ORDER BY id) FROM app.stock";
  private static final String INCOMPLETE = "incomplete: deletes and untimed tables are missing";

  @TempDir private Path directory;
  private SwitchTopology topology;

  @BeforeEach
  void start() throws IOException {
    assumeThat(LabHaproxy.program()).as("haproxy: scripts/install-test-tools").isPresent();
    topology =
        SwitchTopology.startBeforeCutover(
            directory.resolve("lab"), ServerInstallation.fromMaven(), "  gateWait: 20s\n");
    source().run(false, ImportLab.account("import-mariadb.sql").toArray(String[]::new));
    source().run(true, "GRANT SELECT ON app.* TO 'repli'@'%'");
    source()
        .run(
            false,
            "CREATE TABLE app.stock (id INT PRIMARY KEY, amount INT, changed TIMESTAMP NOT NULL"
                + " DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, KEY (changed))",
            "INSERT INTO app.stock (id, amount) VALUES (1, 10), (2, 10), (3, 10), (4, 10)",
            "CREATE TABLE app.untimed (id INT PRIMARY KEY)",
            "ALTER TABLE app.orders ADD changed TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)"
                + " ON UPDATE CURRENT_TIMESTAMP(6), ADD KEY (changed)");
    ImportAccountFile.add(topology.plans().resolve(topology.planId() + ".yaml"), directory);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  private MariaDbServer source() {
    return topology.node(Node.Role.SOURCE);
  }

  private MariaDbServer target() {
    return topology.node(Node.Role.TARGET);
  }

  @Test
  void goesBackWithWhatTimeColumnsTellAndSaysWhatIsMissing() throws IOException {
    try (ServedRepli repli =
        ServedRepli.start(
            topology.plans(),
            directory.resolve("data"),
            Map.of(),
            "--repli.monitor.enabled=false")) {
      topology.write(50);
      ServedCutovers.watched(repli);
      writeAndPurge();
      String run = repli.report("INC-1");
      ServedCutovers.until(repli, run, ServedConflicts.RESOLVE);

      assertThat(repli.result(run)).as(ServedCutovers.timeline(repli, run)).isEmpty();
      assertThat(repli.said(run, INCOMPLETE)).isTrue();
      assertThat(repli.said(run, "All changes are missing of: app.untimed (no time column"))
          .isTrue();
      takeTheTargetsRow(repli, run);
      ServedCutovers.until(repli, run, "nothing more");

      assertThat(repli.result(run)).isEqualTo("Rolled back to source");
      assertThat(repli.milestones(run, "DELTA_INCOMPLETE")).isEqualTo(1);
      assertThat(repli.milestones(run, "DELTA_CARRIED")).isEqualTo(1);
      assertThat(ServedCutovers.timeline(repli, run))
          .containsPattern("DELTA_CARRIED.*" + INCOMPLETE);
      assertThat(ServedCutovers.tasks(repli))
          .as("two people approve what can lose rows")
          .anyMatch(task -> task.endsWith("second person"));
    }
    // 4 was updated and 5 inserted, which their times tell; that 3 was deleted nothing tells
    assertThat(LogicalTopology.text(source(), STOCK)).isEqualTo("1=10,2=10,3=10,4=24,5=25");
    assertThat(LogicalTopology.text(source(), "SELECT COUNT(*) FROM app.untimed")).isEqualTo("0");
    // orders have a time: before the purge it tells of them, after it the binary log
    SwitchTopology.Verdict verdict = topology.verdict(Node.Role.SOURCE);
    assertThat(verdict.acknowledged()).isPositive();
    assertThat(verdict.lost()).isZero();
    assertThat(verdict.duplicated()).isZero();
  }

  private void writeAndPurge() {
    source().run(true, "STOP SLAVE", "RESET SLAVE ALL");
    target()
        .run(
            false,
            "UPDATE app.stock SET amount = 20 + id WHERE id = 4",
            "INSERT INTO app.stock (id, amount) VALUES (5, 25)",
            "DELETE FROM app.stock WHERE id = 3",
            "INSERT INTO app.untimed VALUES (1)");
    target().run(true, "FLUSH BINARY LOGS");
    String newest = newestLog();
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              target().run(true, "PURGE BINARY LOGS TO '" + newest + "'");
              assertThat(LogicalTopology.text(target(), "SHOW BINARY LOGS")).isEqualTo(newest);
            });
  }

  private String newestLog() {
    return LogicalTopology.text(target(), "SHOW MASTER STATUS");
  }

  private static void takeTheTargetsRow(ServedRepli repli, String run) throws IOException {
    JsonNode row = ServedConflicts.open(repli, run).path(0).path("rows").path(0);
    assertThat(row.path("sourceNow").path("amount").asText()).isEqualTo("10");
    assertThat(row.path("targetAfter").path("amount").asText()).isEqualTo("24");
    ServedConflicts.decideFirst(repli, run, 1, "take-target");
    ServedConflicts.lookAgain(repli);
  }
}

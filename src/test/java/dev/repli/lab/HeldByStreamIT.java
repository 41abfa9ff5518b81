package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.database.mysql.MySqlToMariaDb;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * MySQL 9.7 to MariaDB 11.8 with the packaged application: a row that somebody changes on the
 * source by hand closes the only way back until people have decided, and no longer.
 */
@Timeout(10 * 60)
class HeldByStreamIT {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final String FIRST = "stream-" + LabPlan.ID + "-conflicts-1";
  private static final String SECOND = "stream-" + LabPlan.ID + "-conflicts-2";
  private static final String RESOLVE = ServedConflicts.RESOLVE + " ";
  private static final String STOCK =
      "SELECT GROUP_CONCAT(id, '=', amount ORDER BY id) FROM app.stock";

  private static final String FENCE =
      "SELECT CONCAT_WS(' ', @@GLOBAL.read_only, @@GLOBAL.super_read_only)";

  @TempDir private Path directory;

  @Test
  void opensTheWayBackAgainWhenPeopleHaveDecidedAndGoesBackByIt()
      throws IOException, SQLException, InterruptedException {
    assumeThat(MySqlToMariaDb.isThere()).as(MySqlToMariaDb.MISSING).isTrue();
    assumeThat(LabHaproxy.program()).as("haproxy: scripts/install-test-tools").isPresent();
    try (MySqlTopology lab = MySqlTopology.start(directory)) {
      lab.run(
          Node.Role.SOURCE,
          "CREATE TABLE app.stock (id INT PRIMARY KEY, amount INT NOT NULL)",
          "INSERT INTO app.stock VALUES (1, 1), (2, 2), (3, 3)");
      try (ServedRepli repli =
          ServedRepli.start(
              lab.plans(), directory.resolve("data"), Map.of(), "--repli.monitor.enabled=false")) {
        ServedCutovers.watched(repli);
        takesTheTargetsRow(lab, repli);
        leavesOneOut(lab, repli);
        goesBack(lab, repli);
      }
      TrafficVerdict verdict = lab.verdict(Node.Role.SOURCE);
      assertThat(verdict.acknowledged()).isGreaterThan(200);
      assertThat(verdict.lost()).isZero();
      assertThat(verdict.duplicated()).isZero();
    }
  }

  /**
   * Row 1: held, decided for the target after a restart that fenced the source, and later changes
   * of it flow again.
   */
  private static void takesTheTargetsRow(MySqlTopology lab, ServedRepli repli)
      throws IOException, InterruptedException {
    bothWrite(lab, 1);
    until(() -> assertThat(repli.task(RESOLVE + FIRST)).isNotEmpty());
    assertThat(repli.milestones(FIRST, "CHANGES_HELD")).isEqualTo(1);
    assertThat(way(repli).path("state").asText()).isEqualTo("closed");
    assertThat(way(repli).path("why").asText()).contains("1 changes", "Resolve conflicts");
    assertThat(stream(repli).path("held").path("open").asInt()).isEqualTo(1);

    lab.restartSourceFenced();
    assertThat(ServedConflicts.open(repli, FIRST)).hasSize(1);
    assertThat(lab.text(Node.Role.SOURCE, FENCE)).as("nobody but looks yet").isEqualTo("1 1");

    ServedConflicts.decideFirst(repli, FIRST, 1, "take-target");

    assertThat(lab.text(Node.Role.SOURCE, FENCE)).isEqualTo("1 0");
    assertThat(repli.milestones(FIRST, "SOURCE_ADMITS_IMPORTS")).isOne();
    assertThat(lab.text(Node.Role.SOURCE, STOCK)).startsWith("1=201,");
    until(() -> assertThat(way(repli).path("state").asText()).isEqualTo("open"));
    lab.run(Node.Role.TARGET, "UPDATE app.stock SET amount = amount + 1 WHERE id = 1");
    until(() -> assertThat(lab.text(Node.Role.SOURCE, STOCK)).startsWith("1=202,"));
    JsonNode held = stream(repli).path("held");
    assertThat(held.path("held").asInt()).isEqualTo(1);
    assertThat(held.path("open").asInt()).isZero();
    assertThat(held.path("resolved").asInt()).isEqualTo(1);
    ServedConflicts.lookAgain(repli);
    until(() -> assertThat(repli.result(FIRST)).isEqualTo("All conflicts decided"));
  }

  /** Row 2: the source keeps its row; the way is open, and says what does not arrive. */
  private static void leavesOneOut(MySqlTopology lab, ServedRepli repli) throws IOException {
    bothWrite(lab, 2);
    until(() -> assertThat(repli.task(RESOLVE + SECOND)).isNotEmpty());
    ServedConflicts.decideFirst(repli, SECOND, 1, "dead-letter");
    ServedConflicts.lookAgain(repli);

    until(() -> assertThat(repli.result(SECOND)).isEqualTo("Rest kept as dead letters"));
    until(() -> assertThat(way(repli).path("state").asText()).isNotEqualTo("closed"));
    assertThat(way(repli).path("loses").asText()).isEqualTo("writes that never arrived");
  }

  private static void goesBack(MySqlTopology lab, ServedRepli repli) throws IOException {
    String run = repli.begin("rollback");
    // the watch has seen the source restart, and asks
    LogicalToMySqlIT.rolledBack(repli, run);
    assertThat(ServedCutovers.timeline(repli, run))
        .contains("reverse stream of Repli runs", "1 changes are left out as dead letters");
    assertThat(lab.text(Node.Role.SOURCE, STOCK)).isEqualTo("1=202,2=102,3=3");
  }

  /** By hand on the source, whose fence keeps only applications out, and by the application. */
  private static void bothWrite(MySqlTopology lab, int row) {
    String update = "UPDATE app.stock SET amount = %d WHERE id = %d";
    lab.run(Node.Role.SOURCE, update.formatted(100 + row, row));
    lab.run(Node.Role.TARGET, update.formatted(200 + row, row));
  }

  private static JsonNode stream(ServedRepli repli) throws IOException {
    return repli.get("admin", "/api/plans/" + LabPlan.ID + "/stream");
  }

  private static JsonNode way(ServedRepli repli) throws IOException {
    for (JsonNode way :
        repli.get("admin", "/api/plans/" + LabPlan.ID + "/reversibility").path("ways")) {
      if (way.path("strategy").asText().equals("replication")) {
        return way;
      }
    }
    throw new IOException("no way back by replication is measured");
  }

  private static void until(ThrowingRunnable condition) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(condition);
  }
}

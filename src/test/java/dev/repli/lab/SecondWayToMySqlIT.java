package dev.repli.lab;

import static dev.repli.lab.LogicalToMySqlIT.KEYLESS;
import static dev.repli.lab.LogicalToMySqlIT.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.database.mysql.MySqlToMariaDb;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application: a way back to MySQL 9.7 whose Repli was killed in the middle of the
 * import, and the next one.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SecondWayToMySqlIT {
  @Test
  void theSecondBeginsExactlyWhereTheFirstWasKilled(@TempDir Path folder)
      throws IOException, SQLException {
    assumeThat(MySqlToMariaDb.isThere()).as(MySqlToMariaDb.MISSING).isTrue();
    assumeThat(LabHaproxy.program()).as("haproxy: scripts/install-test-tools").isPresent();
    try (MySqlTopology lab = MySqlTopology.start(folder.resolve("lab"))) {
      lab.run(Node.Role.SOURCE, "CREATE TABLE app.gate (id INT PRIMARY KEY)");
      try (ServedRepli repli = LogicalToMySqlIT.serve(lab, folder)) {
        LogicalToMySqlIT.cutOver(repli);
        assertThat(LogicalToMySqlIT.stop(repli)).isNotEmpty();
        LogicalToMySqlIT.makeKeyless(lab);
      }
      // opened only now, since a cutover ends the sessions of others
      try (Connection other = lab.admin(Node.Role.SOURCE);
          Statement inTheWay = other.createStatement()) {
        inTheWay.execute("SET autocommit = 0");
        inTheWay.execute("INSERT INTO app.gate VALUES (1)");
        String first = killedInTheImport(lab, folder);
        assertThat(lab.text(Node.Role.SOURCE, KEYLESS)).isEqualTo("40 820");
        goesBack(lab, folder, first, () -> inTheWay.execute("ROLLBACK"));
      }
      LogicalToMySqlIT.nothingIsLostOrDouble(lab);
      assertThat(lab.text(Node.Role.SOURCE, "SELECT COUNT(*) FROM app.gate")).isEqualTo("1");
    }
  }

  /** Several commits of the import, and then a row that it has to wait for. */
  private static String killedInTheImport(MySqlTopology lab, Path folder) throws IOException {
    try (ServedRepli repli = LogicalToMySqlIT.serve(lab, folder)) {
      LogicalToMySqlIT.writeKeyless(lab);
      LogicalToMySqlIT.moreTraffic(lab);
      LogicalToMySqlIT.moreTraffic(lab);
      lab.run(Node.Role.TARGET, "INSERT INTO app.gate VALUES (1)");
      LogicalToMySqlIT.writeKeyless(lab);
      String run = repli.begin("rollback");
      until(
          () -> {
            String said = ServedCutovers.workOrSay(repli);
            assertThat(lab.text(Node.Role.SOURCE, KEYLESS))
                .as(() -> said + ServedCutovers.timeline(repli, run))
                .isEqualTo("40 820");
          });
      repli.kill();
      return run;
    }
  }

  private static void goesBack(
      MySqlTopology lab, Path folder, String first, ThrowingRunnable outOfTheWay)
      throws IOException {
    try (ServedRepli repli = LogicalToMySqlIT.serve(lab, folder)) {
      until(() -> assertThat(repli.abort(first).ok()).isTrue());
      until(() -> assertThat(repli.result(first)).isEqualTo("Rollback aborted"));
      // until it hears of that the import may still commit
      until(() -> assertThat(isAtWork(repli, first)).isFalse());
      assertThatCode(outOfTheWay::run).doesNotThrowAnyException();
      assertThat(repli.milestones(first, "DELTA_IMPORTED")).isZero();
      assertThat(lab.text(Node.Role.SOURCE, KEYLESS)).isEqualTo("40 820");
      until(() -> LogicalToMySqlIT.losesNothing(repli));

      String second = repli.begin("rollback");
      LogicalToMySqlIT.rolledBack(repli, second);
      assertThat(repli.milestones(second, "DELTA_CARRIED")).isEqualTo(1);
    }
  }

  /** Work of a Repli that is dead gives no sign of life. */
  private static boolean isAtWork(ServedRepli repli, String run) throws IOException {
    Instant lately = Instant.now().minusSeconds(30);
    for (JsonNode work : repli.get("/api/runs/" + run + "/work")) {
      if (work.path("state").asText().equals("running")
          && Instant.parse(work.path("beatAt").asText()).isAfter(lately)) {
        return true;
      }
    }
    return false;
  }
}

package dev.repli.lab;

import static dev.repli.lab.LogicalToMySqlIT.KEYLESS;
import static dev.repli.lab.LogicalToMySqlIT.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.repli.database.mysql.MySqlToMariaDb;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application: a way back to MySQL 9.7 whose Repli was killed in the middle of the
 * import, and the next one.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SecondWayToMySqlIT {
  private static final String IMPORTED =
      "SELECT COUNT(*) FROM repli_probe.delta_import WHERE id = '%s'";

  @Test
  void theSecondBeginsExactlyWhereTheFirstWasKilled(@TempDir Path folder)
      throws IOException, SQLException {
    assumeThat(MySqlToMariaDb.isThere()).as(MySqlToMariaDb.MISSING).isTrue();
    assumeThat(LabHaproxy.program()).as("haproxy: scripts/install-test-tools").isPresent();
    try (MySqlTopology lab = MySqlTopology.start(folder.resolve("lab"));
        Connection other = lab.admin(Node.Role.SOURCE);
        Statement inTheWay = other.createStatement()) {
      lab.run(Node.Role.SOURCE, "CREATE TABLE app.gate (id INT PRIMARY KEY)");
      String first;
      try (ServedRepli repli = LogicalToMySqlIT.serve(lab, folder)) {
        LogicalToMySqlIT.cutOver(repli);
        LogicalToMySqlIT.makeKeyless(lab);
        LogicalToMySqlIT.stop(repli);
        // several commits of the import, and then a row that it has to wait for
        LogicalToMySqlIT.writeKeyless(lab);
        LogicalToMySqlIT.moreTraffic(lab);
        LogicalToMySqlIT.moreTraffic(lab);
        inTheWay.execute("SET autocommit = 0");
        inTheWay.execute("INSERT INTO app.gate VALUES (1)");
        lab.run(Node.Role.TARGET, "INSERT INTO app.gate VALUES (1)");
        LogicalToMySqlIT.writeKeyless(lab);
        first = repli.begin("rollback");
        until(
            () -> {
              String said = ServedCutovers.workOrSay(repli);
              assertThat(imports(lab, first))
                  .as(() -> said + ServedCutovers.timeline(repli, first))
                  .isEqualTo("1");
            });
        repli.kill();
      }
      assertThat(lab.text(Node.Role.SOURCE, KEYLESS)).isEqualTo("40 820");
      try (ServedRepli repli = LogicalToMySqlIT.serve(lab, folder)) {
        until(() -> assertThat(repli.abort(first).ok()).isTrue());
        until(() -> assertThat(repli.result(first)).isEqualTo("Rollback aborted"));
        inTheWay.execute("ROLLBACK");
        assertThat(repli.milestones(first, "DELTA_IMPORTED")).isZero();
        assertThat(lab.text(Node.Role.SOURCE, KEYLESS)).isEqualTo("40 820");
        until(() -> LogicalToMySqlIT.losesNothing(repli));

        String second = repli.begin("rollback");
        LogicalToMySqlIT.rolledBack(repli, second);
        assertThat(repli.milestones(second, "DELTA_CARRIED")).isEqualTo(1);
      }
      LogicalToMySqlIT.nothingIsLostOrDouble(lab);
      assertThat(lab.text(Node.Role.SOURCE, "SELECT COUNT(*) FROM app.gate")).isEqualTo("1");
    }
  }

  /** The table is there when the first import has begun. */
  private static String imports(MySqlTopology lab, String run) {
    String there =
        "SELECT COUNT(*) FROM information_schema.tables"
            + " WHERE table_schema = 'repli_probe' AND table_name = 'delta_import'";
    return lab.text(Node.Role.SOURCE, there).equals("1")
        ? lab.text(Node.Role.SOURCE, IMPORTED.formatted(run))
        : "0";
  }
}

package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back from 11.8 to the 10.11 that still stands, with the packaged application. */
class LogicalRollbackIT {
  private static final Duration LONG = Duration.ofMinutes(4);
  @TempDir private Path directory;
  private LogicalTopology topology;

  @BeforeEach
  void start() {
    assumeThat(LabHaproxy.program()).as("haproxy: scripts/install-test-tools").isPresent();
    assumeThat(
            ServerInstallation.isUnpacked("mariadb-10.11")
                && ServerInstallation.isUnpacked("mariadb-11.8"))
        .as("mariadb-10.11 and 11.8: scripts/fetch-servers")
        .isTrue();
    topology = LogicalTopology.start(directory.resolve("lab"));
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  private ServedRepli serve() throws IOException {
    return ServedRepli.start(topology.plans(), directory.resolve("data"), Map.of());
  }

  private void moreTraffic() {
    int before = topology.acknowledged();
    await().atMost(LONG).until(() -> topology.acknowledged() > before + 200);
  }

  /** People say yes to all that they are asked. */
  private static void work(ServedRepli repli, String run) {
    await()
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              answer(repli);
              return !repli.result(run).isEmpty();
            });
  }

  @Test
  void carriesEveryWriteBackAndMovesTheWriter() throws IOException, SQLException {
    moreTraffic();
    try (ServedRepli repli = serve()) {
      listsTheDeltaInADryRun(repli);
      String run = repli.report("INC-1");
      work(repli, run);

      assertThat(repli.result(run)).isEqualTo("Rolled back to source");
      assertThat(repli.milestones(run, "DELTA_CARRIED")).isEqualTo(1);
      assertThatTheTimeOfTheNextOneIsMeasured(repli);
      moreTraffic();
    }
    TrafficVerdict verdict = topology.verdict(Node.Role.SOURCE);
    assertThat(verdict.acknowledged()).isGreaterThan(400);
    assertThat(verdict.lost()).isZero();
    assertThat(verdict.duplicated()).isZero();
    assertThat(LogicalTopology.text(topology.target(), "SELECT @@read_only")).isEqualTo("1");
    assertThatBothHaveTheSameRows();
  }

  private static void assertThatTheTimeOfTheNextOneIsMeasured(ServedRepli repli)
      throws IOException {
    List<String> takes = new ArrayList<>();
    for (JsonNode way : repli.get("/api/plans/" + LabPlan.ID + "/reversibility").path("ways")) {
      takes.add(way.path("strategy").asText() + ": " + way.path("takes").asText());
    }
    assertThat(takes)
        .filteredOn(way -> way.startsWith("logical"))
        .singleElement()
        .asString()
        .contains("as measured: ")
        .contains(", from 1 earlier run, the newest of ");
  }

  /** Under load, so its statements are those of a real run, and the target goes on writing. */
  private void listsTheDeltaInADryRun(ServedRepli repli) throws IOException {
    String run = repli.begin("rollback?dryRun=true");
    await().atMost(LONG).until(() -> !repli.result(run).isEmpty());

    assertThat(repli.result(run)).isEqualTo("Dry run finished");
    List<String> acts = new ArrayList<>();
    for (JsonNode entry : repli.get("/api/runs/" + run + "/timeline")) {
      acts.add(entry.path("evidence").path("command").asText());
    }
    assertThat(String.join("\n", acts))
        .containsSubsequence(
            "read the binary log from ",
            " transactions as of now, into ",
            "Choose delta policy",
            "import ",
            "import every change up to ",
            "compare: read = applied");
    assertThat(LogicalTopology.text(topology.target(), "SELECT @@read_only")).isEqualTo("0");
    assertThat(LogicalTopology.text(topology.source(), "SELECT @@read_only")).isEqualTo("1");
    moreTraffic();
  }

  /** Nobody of the demo decides on a failed step: a killed switch is begun again. */
  private static void answer(ServedRepli repli) throws IOException {
    if (repli.task("Decide on failed step").isEmpty()) {
      repli.work();
    } else {
      repli.tryFailedStepAgain();
    }
  }

  private void assertThatBothHaveTheSameRows() {
    String orders =
        "SELECT CONCAT(COUNT(*), ' ', BIT_XOR(CRC32(CONCAT_WS('/', seq, order_id, item, written_by))))"
            + " FROM app.orders WHERE written_by = "
            + LabNodes.TARGET_ID;
    String bulk =
        "SELECT CONCAT(COUNT(*), ' ', COALESCE(BIT_XOR(CRC32(CONCAT_WS('/', id, note))), 0))"
            + " FROM app.bulk";
    for (String rows : List.of(orders, bulk)) {
      assertThat(LogicalTopology.text(topology.source(), rows))
          .isEqualTo(LogicalTopology.text(topology.target(), rows));
    }
  }
}

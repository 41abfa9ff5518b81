package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole runbook with the packaged application: a real 11.8 goes back to 10.11 in place. */
class InPlaceRunbookIT {
  private static final Duration LONG = Duration.ofMinutes(4);
  @TempDir private Path directory;

  @SuppressWarnings("NullAway.Init") // made before each test
  private InPlaceTopology topology;

  @BeforeEach
  void start() throws Exception {
    assumeThat(LabHaproxy.program()).as("haproxy: scripts/install-test-tools").isPresent();
    assumeThat(LabUpgrade.isPossible())
        .as("mariadb-10.11 and 11.8: scripts/fetch-servers")
        .isTrue();
    topology = new InPlaceTopology(directory);
  }

  @AfterEach
  void stop() {
    if (topology != null) {
      topology.close();
    }
  }

  private static void workToItsEnd(ServedRepli repli, String run) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              String said = ServedCutovers.workOrSay(repli);
              assertThat(repli.result(run)).as(said).isNotEmpty();
            });
  }

  private static Map<String, String> ways(ServedRepli repli) throws IOException {
    Map<String, String> ways = new TreeMap<>();
    for (JsonNode way : repli.get("/api/plans/" + LabPlan.ID + "/reversibility").path("ways")) {
      ways.put(way.path("strategy").asText(), way.path("state").asText());
    }
    return ways;
  }

  @Test
  void bringsBackTheReleaseBeforeWithEverythingWrittenOnBothSidesOfTheUpgrade() throws Exception {
    topology.write("through the route");
    Map<String, String> before = topology.lab.tables();
    assertThat(before).isNotEqualTo(topology.lab.atTheUpgrade);

    try (ServedRepli repli = serve()) {
      await()
          .atMost(LONG)
          .untilAsserted(() -> assertThat(ways(repli)).containsEntry("in-place", "open"));
      String run = repli.report("INC-1");
      workToItsEnd(repli, run);

      assertThat(repli.result(run))
          .as(() -> ServedCutovers.timeline(repli, run))
          .isEqualTo("Rolled back in place");
      assertThat(repli.milestones(run, "IN_PLACE_OPENED")).isEqualTo(1);
      JsonNode release = repli.get("/api/releases").path(0);
      assertThat(release.path("run").asText()).isEqualTo(run);
      assertThat(release.path("version").asText()).startsWith("10.11");
    }
    assertThat(topology.lab.ask("SELECT VERSION()")).startsWith("10.11");
    assertThat(topology.lab.tables()).isEqualTo(before);
    topology.write("after going back");
    assertThat(topology.lab.ask("SELECT COUNT(*) FROM app.orders WHERE item = 'after going back'"))
        .isEqualTo("1");
  }

  private ServedRepli serve() throws IOException {
    return ServedRepli.start(topology.plans(), directory.resolve("d"), Map.of());
  }
}

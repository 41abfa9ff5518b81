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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * MySQL 9.7 to MariaDB 11.8 with the packaged application: the only way back stands, as after a
 * restart of a source whose option file fences it, and people are told what to do.
 */
@Timeout(10 * 60)
class StandingStreamIT {
  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir private Path directory;

  @Test
  void tellsPeopleThatTheStreamFailsAndThatItRunsAgain() throws IOException, SQLException {
    assumeThat(MySqlToMariaDb.isThere()).as(MySqlToMariaDb.MISSING).isTrue();
    assumeThat(LabHaproxy.program()).as("haproxy: scripts/install-test-tools").isPresent();
    try (MySqlTopology lab = MySqlTopology.start(directory);
        ServedRepli repli =
            ServedRepli.start(
                lab.plans(), directory.resolve("data"), Map.of(), "--repli.monitor.every=1s")) {
      String cutover = repli.begin("cutover");
      until(
          () -> {
            String said = ServedCutovers.workOrSay(repli);
            assertThat(ServedCutovers.timeline(repli, cutover))
                .as(said)
                .contains("Step watch begun");
          });
      assertThat(incidents(repli)).isEmpty();

      lab.run(Node.Role.SOURCE, "SET GLOBAL super_read_only = ON");

      until(() -> assertThat(incidents(repli)).hasSize(1));
      String incident = incidents(repli).get(0);
      assertThat(ServedCutovers.timeline(repli, incident))
          .contains("own stream to the source fails", "SET GLOBAL super_read_only = OFF");
      until(() -> assertThat(repli.task("Assess the incident")).isNotEmpty());

      lab.run(Node.Role.SOURCE, "SET GLOBAL super_read_only = OFF");

      until(() -> assertThat(repli.milestones(incident, "INCIDENT_RESOLVED")).isOne());
      assertThat(incidents(repli)).containsExactly(incident);
    }
  }

  private static List<String> incidents(ServedRepli repli) throws IOException {
    List<String> keys = new ArrayList<>();
    for (JsonNode run : repli.get("/api/runs")) {
      String key = run.path("key").asText();
      if (key.startsWith("replication-")) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static void until(ThrowingRunnable condition) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(condition);
  }
}

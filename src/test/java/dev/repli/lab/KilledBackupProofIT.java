package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application proves a backup, and is killed with {@code kill -9} on its way. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class KilledBackupProofIT {
  private static final String PATH = "/api/plans/" + LabPlan.ID + "/backup-proof";
  private static final String NOTE = "backups/monday.repli-note";
  private static final String RESTORED = "scratch/repli-rehearsal-monday";

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
    Files.delete(directory.resolve(NOTE));
  }

  @AfterEach
  void stop() {
    if (topology != null) {
      topology.close();
    }
  }

  private ServedRepli serve() throws IOException {
    return ServedRepli.start(topology.plans(), directory.resolve("d"), Map.of());
  }

  /** On a busy machine a call may take longer than its client waits. */
  private static ConditionFactory soon() {
    return await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(IOException.class);
  }

  private static String inPlace(ServedRepli repli) throws IOException {
    for (JsonNode way : repli.get("/api/plans/" + LabPlan.ID + "/reversibility").path("ways")) {
      if (way.path("strategy").asText().equals("in-place")) {
        return way.toString();
      }
    }
    return "";
  }

  @Test
  void provesItOnceWhereverItIsKilledAndSaysSoToThoseWhoWantToGoBack() throws Exception {
    String run;
    try (ServedRepli repli = serve()) {
      assertThat(inPlace(repli)).contains("\"closed\"", "no backup is proved", "backup-proof");
      run = repli.begin("backup-proof");
      RepliApi.Answer second = repli.post("op1", PATH, Map.of());
      assertThat(second.status()).as(second.text()).isEqualTo(409);
      soon().until(() -> Files.exists(directory.resolve(RESTORED)));
      repli.kill();
    }
    for (String seen : List.of("ibdata1", "s.sock")) {
      try (ServedRepli repli = serve()) {
        // a scratch server of before may be there until the next Repli ends it
        soon()
            .until(
                () ->
                    repli.milestones(run, "BACKUP_PROVED") > 0
                        || Files.exists(directory.resolve(RESTORED).resolve(seen)));
        repli.kill();
      }
    }
    try (ServedRepli repli = serve()) {
      soon().until(() -> !repli.result(run).isEmpty());
      assertThat(repli.result(run))
          .as(() -> ServedCutovers.timeline(repli, run))
          .isEqualTo("Backup proved");
      assertThat(repli.milestones(run, "BACKUP_PROVED")).isEqualTo(1);
      assertThat(repli.milestones(run, "BACKUP_CHOSEN")).isEqualTo(1);
      assertThat(inPlace(repli)).contains("\"open\"", "the newest proved backup is ");
    }
    assertThat(directory.resolve(NOTE)).exists();
    assertThat(directory.resolve("scratch")).isEmptyDirectory();
    assertThat(topology.lab.ask("SELECT VERSION()")).as("the node itself").startsWith("11.8");
  }
}

package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application takes a real 11.8 back to 10.11 in place and is killed with {@code kill
 * -9} in every step of it: when it wants to write down what it is about to do, or what it has just
 * done on the machine or the server.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledInPlaceIT {
  private static final String RUN = "INC-2";

  /** Of this way back, each once. */
  private static final List<String> MILESTONES =
      List.of(
          "IN_PLACE_DIRECTORY",
          "IN_PLACE_FOUND",
          "Step in-place-inspect is done",
          "IN_PLACE_END_CHOSEN",
          "Step in-place-restore is done",
          "IN_PLACE_STOP_BEGUN",
          "IN_PLACE_CLOSES",
          "IN_PLACE_FENCED",
          "Step in-place-stop is done",
          "Step in-place-swap is done",
          "IN_PLACE_VERSION_SWITCHES",
          "IN_PLACE_VERSION_SWITCHED",
          "Step in-place-switch-version is done",
          "Step in-place-start is done",
          "IN_PLACE_RECOVERY_BEGUN",
          "IN_PLACE_PACKET_RAISED",
          "IN_PLACE_RECOVERED",
          "Step in-place-recover is done",
          "IN_PLACE_DELTA_APPLIED",
          "Step in-place-delta is done",
          "IN_PLACE_OPENED",
          "IN_PLACE_WRITES_AGAIN",
          "Step in-place-open is done");

  private static final String SESSIONS =
      "SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'inplace'";

  private static final List<String> READINGS = List.of("IN_PLACE_LOGS_READ", "IN_PLACE_OTHER_GONE");

  @TempDir Path directory;
  private final Resources resources = new Resources();
  private InPlaceTopology topology;
  private OwnDatabaseLinks database;

  @BeforeEach
  void start() throws Exception {
    assumeThat(LabHaproxy.program()).as("haproxy: scripts/install-test-tools").isPresent();
    assumeThat(LabUpgrade.isPossible())
        .as("mariadb-10.11 and 11.8: scripts/fetch-servers")
        .isTrue();
    topology = resources.add(new InPlaceTopology(directory));
    database = resources.add(new OwnDatabaseLinks(directory.resolve("own")));
  }

  @AfterEach
  void stop() {
    resources.close();
  }

  /** What it wants to write down when it is killed, in the order in which it comes to it. */
  private List<String> moments() {
    return List.of(
        "which stands at", // inspect: all was looked at, and nobody knows
        "--prepare --target-dir", // restore: the directory is prepared, not marked as whole
        "is about to be stopped", // stop: nothing is fenced
        topology.lab.machine.stop().get(0), // stop: it is down, and nobody knows
        "mv -T -n", // swap: today's directory has gone, the restored one has not come
        "its programs are", // switch: all is switched, and nobody knows
        topology.lab.machine.start().get(0), // start: it is up, and nobody knows
        "mariadb-binlog --no-defaults", // recover: all is written again, and nobody knows
        "has what was written from the upgrade", // delta: it has everything, and nobody knows
        "SET GLOBAL read_only = OFF"); // open: it takes writes, and nobody knows
  }

  @Test
  void everythingIsThereOnceWhereverRepliIsKilled() throws Exception {
    Map<String, String> before = topology.lab.tables();
    String accounts = accounts();
    List<String> moments = moments();
    try (ServedRepli repli = serve()) {
      await()
          .atMost(Duration.ofMinutes(8))
          .until(
              () ->
                  repli
                      .get("/api/plans/" + LabPlan.ID + "/reversibility")
                      .toString()
                      .contains("\"open\""));
      database.killAt(repli, moments.get(0));
      repli.report(RUN);
      workUntilKilled(repli, moments.get(0));
    }
    for (String moment : moments.subList(1, moments.size())) {
      try (ServedRepli repli = launch(moment)) {
        workUntilKilled(repli, moment);
        assertThat(database.firstCame()).as(moment).isTrue();
      }
    }
    try (ServedRepli repli = serve()) {
      soon()
          .untilAsserted(
              () -> {
                String said = ServedCutovers.workOrSay(repli);
                assertThat(repli.result(RUN)).as(said).isNotEmpty();
              });
      assertThat(repli.result(RUN))
          .as(() -> ServedCutovers.timeline(repli, RUN))
          .isEqualTo("Rolled back in place");
      assertThat(ServedCutovers.tasks(repli)).noneMatch(task -> task.contains("failed"));
      assertThat(milestones(repli)).containsExactlyElementsOf(MILESTONES);
    }
    nothingIsLeftBehind();
    assertThat(topology.lab.ask("SELECT VERSION()")).startsWith("10.11");
    assertThat(topology.lab.tables()).isEqualTo(before);
    assertThat(accounts()).isEqualTo(accounts);
    topology.write("after going back");
  }

  private String accounts() throws SQLException {
    return topology.lab.ask(
        "SELECT GROUP_CONCAT(User, '@', Host, ' ', Priv ORDER BY User, Host) FROM mysql.global_priv");
  }

  /** Names, and of steps the whole text; how far logs were read is written each time. */
  private static List<String> milestones(ServedRepli repli) throws IOException {
    List<String> found = new ArrayList<>();
    for (JsonNode entry : repli.get("/api/runs/" + RUN + "/timeline")) {
      JsonNode evidence = entry.path("evidence");
      String name = evidence.path("name").asText();
      if (name.equals("IN_PLACE_STEP_DONE")) {
        found.add(evidence.path("text").asText());
      } else if (name.startsWith("IN_PLACE_") && !READINGS.contains(name)) {
        found.add(name);
      }
    }
    return found;
  }

  private void nothingIsLeftBehind() throws Exception {
    assertThat(topology.lab.ask("SELECT @@read_only")).isEqualTo("0");
    assertThat(topology.lab.ask("SELECT @@max_allowed_packet"))
        .as("raised while the logs are written again")
        .isEqualTo(String.valueOf(16 << 20));
    assertThat(topology.lab.ask("SELECT COUNT(*) FROM information_schema.events")).isEqualTo("0");
    soon()
        .untilAsserted(
            () -> assertThat(topology.lab.ask(SESSIONS)).as("sessions: this one").isEqualTo("1"));
    assertThat(topology.lab.server.fenceFile()).doesNotExist();
    try (Stream<Path> files = Files.list(directory.resolve("server"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.contains("repli"))
          .containsExactlyInAnyOrder(
              "data.repli-kept-" + RUN, "data.repli-in-place.lock", "data.repli-in-place.said");
    }
    String mine = directory.resolve("server/data.repli").toString();
    assertThat(ProcessHandle.allProcesses())
        .filteredOn(process -> process.info().commandLine().orElse("").contains(mine))
        .isEmpty();
  }

  private static void workUntilKilled(ServedRepli repli, String moment) {
    soon()
        .until(
            () -> {
              String said = ServedCutovers.workOrSay(repli);
              assertThat(said).as(moment).doesNotContain("Decide on failed");
              if (!repli.isAlive()) {
                return true;
              }
              assertThat(repli.result(RUN)).as("not killed: " + moment).isEmpty();
              return false;
            });
  }

  private ServedRepli launch(String... deadly) throws IOException {
    return database.launch(topology.plans(), directory.resolve("data"), deadly);
  }

  private ServedRepli serve() throws IOException {
    ServedRepli repli = launch();
    try {
      repli.awaitAnswer();
      return repli;
    } catch (RuntimeException failure) {
      repli.close();
      throw failure;
    }
  }

  /** On a busy machine a call may take longer than its client waits. */
  private static ConditionFactory soon() {
    return await()
        .atMost(Duration.ofMinutes(8))
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(IOException.class);
  }
}

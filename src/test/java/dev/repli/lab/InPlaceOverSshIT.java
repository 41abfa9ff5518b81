package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.host.ssh.LabSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole runbook with the packaged application, which reaches the machine only through OpenSSH's
 * server; that one lets only listed commands through, and the plan's stop is not on its list yet.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class InPlaceOverSshIT {
  private static final String RUN = "INC-5";

  /** As an administrator of the machine may have set it up. */
  private static final String GATE =
      """
      #!/bin/bash
      if [[ -e %1$s && "$SSH_ORIGINAL_COMMAND" == *"'%2$s/stop'"* ]]; then
        echo refused >>%2$s/refused.log
        echo "%2$s/stop is not on this machine's list of commands" >&2
        exit 77
      fi
      echo through >>%2$s/through.log
      exec /bin/bash -c "$SSH_ORIGINAL_COMMAND"
      """;

  @TempDir Path directory;
  private final Resources resources = new Resources();
  private InPlaceTopology topology;
  private Path closed;

  @BeforeEach
  void start() throws Exception {
    assumeThat(LabHaproxy.program()).as("haproxy: scripts/install-test-tools").isPresent();
    assumeThat(LabSshd.isInstalled()).as("sshd: scripts/install-test-tools").isTrue();
    assumeThat(LabUpgrade.isPossible())
        .as("mariadb-10.11 and 11.8: scripts/fetch-servers")
        .isTrue();
    closed = Files.createFile(directory.resolve("closed"));
    Path gate = Files.writeString(directory.resolve("gate"), GATE.formatted(closed, directory));
    assertThat(gate.toFile().setExecutable(true)).isTrue();
    LabSshd sshd =
        resources.add(
            LabSshd.start(
                Files.createDirectories(directory.resolve("ssh")), "ForceCommand " + gate));
    topology = resources.add(new InPlaceTopology(directory, sshd.planEntry()));
  }

  @AfterEach
  void stop() {
    resources.close();
  }

  @Test
  void goesBackOnceTheMachineLetsItsCommandsThrough() throws Exception {
    topology.write("through the route");
    Map<String, String> before = topology.lab.tables();

    try (ServedRepli repli =
        ServedRepli.start(topology.plans(), directory.resolve("data"), Map.of())) {
      soon()
          .until(
              () ->
                  repli
                      .get("/api/plans/" + LabPlan.ID + "/reversibility")
                      .toString()
                      .contains("\"open\""));
      repli.report(RUN);
      soon()
          .untilAsserted(
              () -> {
                boolean failed = !repli.task("Decide on failed step").isEmpty();
                String said = failed ? "" : ServedCutovers.workOrSay(repli);
                assertThat(failed).as(said).isTrue();
              });
      JsonNode task =
          repli.get("/engine-rest/task/" + repli.task("Decide on failed step") + "/form-variables");
      assertThat(task.toString())
          .contains("host 127.0.0.1", "stop the server", "77")
          .contains("is not on this machine's list of commands");
      assertThat(topology.lab.ask("SELECT VERSION()")).as("it still runs").startsWith("11.8");

      Files.delete(closed);
      repli.tryFailedStepAgain();
      soon()
          .untilAsserted(
              () -> {
                String said = ServedCutovers.workOrSay(repli);
                assertThat(repli.result(RUN)).as(said).isNotEmpty();
              });
      assertThat(repli.result(RUN))
          .as(() -> ServedCutovers.timeline(repli, RUN))
          .isEqualTo("Rolled back in place");
      assertThat(repli.milestones(RUN, "IN_PLACE_STOP_BEGUN")).isEqualTo(1);
    }
    assertThat(topology.lab.ask("SELECT VERSION()")).startsWith("10.11");
    assertThat(topology.lab.ask("SELECT @@read_only")).isEqualTo("0");
    assertThat(topology.lab.tables()).isEqualTo(before);
    assertThat(Files.readAllLines(directory.resolve("refused.log"))).hasSize(1);
    assertThat(Files.readAllLines(directory.resolve("through.log"))).hasSizeGreaterThan(20);
    topology.write("after going back");
  }

  /** On a busy machine a call may take longer than its client waits. */
  private static ConditionFactory soon() {
    return await()
        .atMost(Duration.ofMinutes(8))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsInstanceOf(IOException.class);
  }
}

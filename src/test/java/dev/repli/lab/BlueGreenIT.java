package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real environments that take turns: after a closed rollback window one word of the plan turns
 * the same runbook round.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class BlueGreenIT {
  @TempDir Path directory;

  @Test
  void cutsOverFromBlueToGreenAndWithOneWordChangedBackAgain() throws IOException {
    try (SwitchTopology topology =
        SwitchTopology.startBeforeCutover(
            directory.resolve("lab"),
            ServerInstallation.fromMaven(),
            "  gateWait: 20s\n  gate: 1s\n")) {
      Path plan = topology.plans().resolve(topology.planId() + ".yaml");
      Files.writeString(plan, named(Files.readString(plan)));
      topology.write(100);
      try (ServedRepli repli =
          ServedRepli.start(topology.plans(), directory.resolve("data"), Map.of())) {
        String there = ServedCutovers.completed(repli);
        assertWriter(topology, Node.Role.TARGET);
        assertThat(ServedCutovers.tasks(repli))
            .contains(
                "Approve cutover " + there + ", blue to green",
                "Close the rollback window " + there + ", blue to green");

        // the window is closed, and with it replication; it is set up anew the other way round
        topology.node(Node.Role.SOURCE).replicateFrom(topology.node(Node.Role.TARGET));
        Files.writeString(plan, Files.readString(plan).replace("active: blue", "active: green"));
        String back = ServedCutovers.completed(repli);
        assertWriter(topology, Node.Role.SOURCE);
        assertThat(ServedCutovers.tasks(repli))
            .contains("Approve cutover " + back + ", green to blue");
      }
      SwitchTopology.Verdict verdict = topology.verdict(Node.Role.SOURCE);
      assertThat(verdict.acknowledged()).isGreaterThan(100);
      assertThat(verdict.lost()).isZero();
      assertThat(verdict.duplicated()).isZero();
    }
  }

  private static String named(String plan) {
    return plan.replace("watch: 1h", "watch: 1s")
        .replace("\nsource:\n", "\nactive: blue\nsource:\n  environment: blue\n")
        .replace("\ntarget:\n", "\ntarget:\n  environment: green\n");
  }

  /** The only one that writes, and clients get there. */
  private static void assertWriter(SwitchTopology topology, Node.Role writer) {
    assertThat(topology.isReadOnly(writer)).isFalse();
    assertThat(topology.isReadOnly(writer.other())).isTrue();
    int before = topology.acknowledged();
    await().until(() -> topology.acknowledged() > before + 20);
  }
}

package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.repli.lab.LossyLink.Loss;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.route.haproxy.Haproxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application moves reads behind a real HAProxy and is killed meanwhile: the weights
 * end as the run says, whatever was set already.
 */
class KilledReadsIT {
  private static final String TO_TARGET = "set server reader/db2 weight 50";
  private static final String FROM_SOURCE = "set server reader/db1 weight 50";
  private static final String BACK_TO_SOURCE = "set server reader/db1 weight 1";

  @TempDir Path directory;
  private final Resources resources = new Resources();
  private Haproxy haproxy;
  private LossyLink api;
  private Path plans;

  @BeforeEach
  void start() throws Exception {
    assumeThat(Haproxy.program())
        .as("haproxy is not installed; run scripts/install-test-tools")
        .isPresent();
    LabNodes nodes = LabNodes.start(directory, resources, Node.Role.SOURCE);
    Path folder = Files.createDirectories(directory.resolve("haproxy"));
    haproxy = resources.add(Haproxy.start(folder, at(nodes.source()), at(nodes.target()), ""));
    api = resources.add(LossyLink.to(haproxy.socket()));
    plans = LabPlan.write(directory, nodes, new Readers(haproxy, api.port()));
    Files.writeString(
        plans.resolve(LabPlan.ID + ".yaml"),
        """
        reads:
          steps: [50, 100]
          hold: 1h
          lookEvery: 2s
          tolerance: 50
          probe: {interval: 50ms, window: 2s, baseline: 2s}
          limits: {leastReads: 1, slowdown: 10000, latencyFloor: 10s, errors: 100, lag: 10s}
        """,
        StandardOpenOption.APPEND);
  }

  @AfterEach
  void stop() {
    resources.close();
  }

  private static Endpoint at(MariaDbServer server) {
    return new Endpoint("127.0.0.1", server.port());
  }

  /** HAProxy as the plan names it; Repli reaches its runtime API through the link. */
  private record Readers(Haproxy haproxy, int apiPort) implements DemoRoute {
    @Override
    public Endpoint endpoint() {
      return haproxy.readEndpoint();
    }

    @Override
    public String called() {
      return "HAProxy";
    }

    @Override
    public String planEntry() {
      return """
          - type: haproxy
            name: haproxy
            runtimeApi: "127.0.0.1:%d"
            backend: writer
            sourceServer: db1
            targetServer: db2
            readBackend: reader
            readEndpoint: {host: 127.0.0.1, port: %d, tls: disabled}
          """
          .formatted(apiPort, endpoint().port());
    }

    @Override
    public void close() {
      haproxy.close();
    }
  }

  private ServedRepli serve() throws IOException {
    return ServedRepli.start(plans, directory.resolve("data"), Map.of());
  }

  /** On a busy machine a call may take longer than its client waits. */
  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(3)).ignoreExceptionsInstanceOf(IOException.class);
  }

  /** HAProxy does this, and Repli is dead before it learns of it. */
  private void dieAfter(ServedRepli repli, String command) {
    api.loseAnswerTo(command, Loss.CUT, repli::kill);
  }

  private static void awaitDeath(ServedRepli repli) {
    soon().until(() -> !repli.isAlive());
  }

  private String weights() {
    return "source " + weight("db1") + ", target " + weight("db2");
  }

  private String weight(String server) {
    return haproxy.ask("get weight reader/" + server).replaceAll("(?s) .*", "");
  }

  @Test
  void weightsEndAsTheRunSaysWhereverRepliIsKilled() throws IOException {
    assertThat(weights()).isEqualTo("source 1, target 0");
    String run;
    try (ServedRepli repli = serve()) {
      dieAfter(repli, TO_TARGET);
      run = repli.begin("reads");
      awaitDeath(repli);
      assertThat(weights()).as("stuck in between").isEqualTo("source 1, target 50");
    }
    // it goes on before it answers its first call
    try (ServedRepli repli = ServedRepli.launch(plans, directory.resolve("data"), Map.of())) {
      dieAfter(repli, FROM_SOURCE);
      awaitDeath(repli);
      assertThat(weights()).as("set, and nobody knows").isEqualTo("source 50, target 50");
    }
    try (ServedRepli repli = serve()) {
      // a look follows the move's commit: killed before that, the move would be told once more
      soon().until(() -> repli.said(run, "50 % of the reads: good so far"));
    }
    assertThat(weights()).as("killed while it held").isEqualTo("source 50, target 50");
    try (ServedRepli repli = serve()) {
      assertThat(repli.result(run)).isEmpty();
      dieAfter(repli, BACK_TO_SOURCE);
      abort(repli, run);
      awaitDeath(repli);
      assertThat(weights()).as("stuck while it went back").isEqualTo("source 1, target 50");
    }
    try (ServedRepli repli = serve()) {
      soon().until(() -> !repli.result(run).isEmpty());
      assertThat(repli.result(run)).isEqualTo("Aborted, reads as before");
      assertThat(weights()).isEqualTo("source 1, target 0");
      assertThat(repli.milestones(run, "READS_MOVED")).isEqualTo(1);
      assertThat(repli.milestones(run, "READS_RESTORED")).isEqualTo(1);
    }
  }

  /** The answer may get lost with the one who gives it. */
  private static void abort(ServedRepli repli, String run) {
    try {
      repli.abort(run);
    } catch (IOException died) {
      assertThat(repli.isAlive()).as("whoever gave no answer was killed").isFalse();
    }
  }
}

package dev.repli.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.lab.LossyLink.Loss;
import dev.repli.plan.Node;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application, killed with {@code kill -9} in each part of a cutover; each phase of
 * the switch itself is killed in {@code RealFaultsIT}. Judged by the clients' log and a sampler on
 * both nodes.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class CutoverFaultsIT {
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofMinutes(4);

  @TempDir Path directory;
  private SwitchTopology topology;
  private PlanLinks links;
  private WriterSampler sampler;

  @BeforeEach
  void start() throws IOException {
    ServerInstallation maria = ServerInstallation.fromMaven();
    topology =
        SwitchTopology.startBeforeCutover(
            directory.resolve("lab"), maria, "  gateWait: 20s\n  gate: 1s\n");
    // the links read what passes, so that nothing is encrypted, and the plan says so
    topology
        .node(Node.Role.TARGET)
        .run(false, "STOP SLAVE", "CHANGE MASTER TO MASTER_SSL = 0", "START SLAVE");
    links = PlanLinks.through(topology, directory.resolve("plans"));
    Path plan = links.plans().resolve(topology.planId() + ".yaml");
    Files.writeString(
        plan,
        Files.readString(plan)
            .replace("watch: 1h", "watch: 1s")
            // the sampler is a client of its own that comes back to both nodes
            .replace("clientGrace: 2s", "clientGrace: 2s\n  toleratedClients: [app]"));
    sampler = WriterSampler.start(topology, Node.Role.SOURCE);
    topology.write(200);
  }

  @AfterEach
  void stop() {
    sampler.close();
    links.close();
    topology.close();
  }

  @Test
  void aCutoverThatIsKilledInEachPartBeforeThePointOfNoReturnIsUndone() throws IOException {
    String run;
    try (ServedRepli repli = serve()) {
      run = repli.begin("cutover");
      dieAt(repli, links.source(), "trx_rows_modified", Loss.CUT);
    }
    dieAt(links.source(), "MASTER_USE_GTID=no", Loss.CUT);
    try (ServedRepli repli = serve()) {
      seen(repli, run, () -> !repli.task("Approve cutover").isEmpty());
    }
    dieAt(links.route(), "set maxconn server", Loss.CUT);
    assertThat(limitOfTheSource()).isLessThan(200);
    dieAt(links.source(), "SET GLOBAL read_only = ON", Loss.CUT);
    await().atMost(LEASE.plusSeconds(5)).until(() -> sampler.accepts(Node.Role.SOURCE, 500));
    assertThat(sampler.longestWithoutWriterMillis()).isLessThan(LEASE.plusSeconds(1).toMillis());
    dieAt(links.route(), "set maxconn server", Loss.BEFORE);

    try (ServedRepli repli = serve()) {
      assertThat(workToItsEnd(repli, run)).isEqualTo("Cutover undone");
      assertThat(repli.milestones(run, "POINT_OF_NO_RETURN")).isZero();
      assertThat(repli.milestones(run, "LIMITS_LOWERED")).isEqualTo(1);
    }
    judge(Node.Role.SOURCE);
    assertThat(limitOfTheSource()).isEqualTo(200);
    assertThat(topology.follows(Node.Role.SOURCE)).as("the canary's stream is gone").isFalse();
  }

  @Test
  void aCutoverThatIsKilledInEachPartAfterThePointOfNoReturnCompletes() throws IOException {
    String run;
    try (ServedRepli repli = serve()) {
      run = repli.begin("cutover");
      dieAt(repli, links.target(), "STOP SLAVE", Loss.CUT);
    }
    dieAt(links.route(), "set server", Loss.BEFORE);
    dieAt(links.source(), "MASTER_USE_GTID=slave_pos", Loss.CUT);
    dieAt(links.route(), "set maxconn server", Loss.CUT);
    dieAt(links.target(), "FROM app.orders", Loss.CUT);
    dieAt(links.source(), "RESET SLAVE ALL", Loss.CUT);

    try (ServedRepli repli = serve()) {
      assertThat(workToItsEnd(repli, run)).isEqualTo("Cutover completed");
      assertThat(repli.milestones(run, "POINT_OF_NO_RETURN")).isEqualTo(1);
      assertThat(repli.milestones(run, "WINDOW_CLOSED")).isEqualTo(1);
    }
    judge(Node.Role.TARGET);
    assertThat(limitOfTheSource()).isEqualTo(200);
    assertThat(topology.follows(Node.Role.SOURCE)).as("released").isFalse();
  }

  /** As HAProxy itself says, not through a link. */
  private int limitOfTheSource() throws IOException {
    Path socket = topology.directory().resolve("haproxy.sock");
    ByteBuffer answer = ByteBuffer.allocate(1 << 16);
    try (SocketChannel haproxy = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      haproxy.write(UTF_8.encode("show stat writer 4 -1\n"));
      while (haproxy.read(answer) >= 0) {
        // until it has said all
      }
    }
    List<String> lines = UTF_8.decode(answer.flip()).toString().lines().toList();
    int column = List.of(lines.get(0).split(",", -1)).indexOf("slim");
    return lines.stream()
        .filter(line -> line.startsWith("writer,source,"))
        .map(line -> Integer.parseInt(line.split(",", -1)[column]))
        .findFirst()
        .orElseThrow();
  }

  private ServedRepli serve() throws IOException {
    return ServedRepli.start(links.plans(), directory.resolve("data"), Map.of());
  }

  /** Repli starts, goes on, and is killed when it sends this. */
  private void dieAt(LossyLink link, String statement, Loss loss) throws IOException {
    CompletableFuture<ServedRepli> launched = new CompletableFuture<>();
    link.loseAnswerTo(statement, loss, () -> launched.join().kill());
    try (ServedRepli repli =
        ServedRepli.launch(links.plans(), directory.resolve("data"), Map.of())) {
      launched.complete(repli);
      untilDead(repli, statement);
    }
  }

  private void dieAt(ServedRepli repli, LossyLink link, String statement, Loss loss) {
    link.loseAnswerTo(statement, loss, repli::kill);
    untilDead(repli, statement);
  }

  private static ConditionFactory soon() {
    return await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptionsInstanceOf(IOException.class);
  }

  private static void untilDead(ServedRepli repli, String statement) {
    AtomicReference<String> seen = new AtomicReference<>("");
    soon()
        .untilAsserted(
            () -> {
              if (repli.isAlive()) {
                seen.set(ServedCutovers.workOrSay(repli));
              }
              assertThat(repli.isAlive()).as("not killed at " + statement + ": " + seen).isFalse();
            });
  }

  /** What a test waits for. */
  private interface Seen {
    boolean now() throws IOException;
  }

  private static void seen(ServedRepli repli, String run, Seen what) {
    soon().untilAsserted(() -> assertThat(what.now()).as(state(repli, run)).isTrue());
  }

  private static String workToItsEnd(ServedRepli repli, String run) throws IOException {
    soon()
        .untilAsserted(
            () -> {
              String said = ServedCutovers.workOrSay(repli);
              assertThat(repli.result(run)).as(said + state(repli, run)).isNotEmpty();
            });
    return repli.result(run);
  }

  private static String state(ServedRepli repli, String run) throws IOException {
    JsonNode now = repli.get("/api/runs/" + run);
    return " " + now;
  }

  private void judge(Node.Role writer) {
    await().atMost(Duration.ofSeconds(10)).until(() -> sampler.accepts(writer, 500));
    int acknowledged = topology.acknowledged();
    await().atMost(Duration.ofSeconds(20)).until(() -> topology.acknowledged() > acknowledged + 20);
    assertThat(sampler.changesOfWriter())
        .as("changes of writer")
        .isEqualTo(writer == Node.Role.TARGET ? 1 : 0);
    SwitchTopology.Verdict verdict = topology.compare(writer);
    assertThat(verdict.lost()).as("lost").isZero();
    assertThat(verdict.duplicated()).as("duplicated").isZero();
  }
}

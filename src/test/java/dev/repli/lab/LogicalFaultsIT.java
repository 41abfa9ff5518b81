package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.repli.database.jdbc.ProbeTable;
import dev.repli.delta.imports.jdbc.ImportLab;
import dev.repli.lab.LossyLink.Loss;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
 * The packaged application, killed with {@code kill -9} in each part of a way back with a delta,
 * and started again. Judged by the clients' log and a sampler on both nodes.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class LogicalFaultsIT {
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofMinutes(4);

  /** Asked for when changes begin to be read, and for nothing else. */
  private static final String READS_CHANGES = "COALESCE(c.generation_expression";

  private static final String KEEPS_PLACE = "INSERT INTO repli_probe.delta_import";

  @TempDir Path directory;
  private SwitchTopology topology;
  private PlanLinks links;
  private WriterSampler sampler;

  @BeforeEach
  void start() throws IOException {
    assumeThat(LabHaproxy.program()).as("haproxy: scripts/install-test-tools").isPresent();
    ServerInstallation maria = ServerInstallation.fromMaven();
    topology =
        SwitchTopology.start(
            directory.resolve("lab"), maria, maria, "  gateWait: 20s\n  gate: 1s\n");
    MariaDbServer target = topology.node(Node.Role.TARGET);
    target.run(false, ProbeTable.create("(@@server_id)").toArray(String[]::new));
    target.run(false, ImportLab.account("import-mariadb.sql").toArray(String[]::new));
    target.run(false, "CREATE TABLE app.bulk (id INT PRIMARY KEY, note VARCHAR(100))");
    sampler = WriterSampler.start(topology, Node.Role.TARGET);
    leaveNothingThatLeadsBack();
    links = PlanLinks.through(topology, directory.resolve("plans"));
    ImportAccountFile.add(links.plans().resolve(topology.planId() + ".yaml"), directory);
    topology.write(100);
    target.run(
        false,
        "INSERT INTO app.bulk SELECT seq, REPEAT('n', 80) FROM app.seq_1_to_20000",
        "UPDATE app.bulk SET note = 'changed' WHERE id % 3 = 0",
        "DELETE FROM app.bulk WHERE id % 7 = 0");
  }

  private void leaveNothingThatLeadsBack() {
    MariaDbServer source = topology.node(Node.Role.SOURCE);
    String bulk = "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'sampled'";
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> LogicalTopology.text(source, bulk).equals("1"));
    source.run(true, "STOP SLAVE", "RESET SLAVE ALL");
  }

  @AfterEach
  void stop() {
    sampler.close();
    links.close();
    topology.close();
  }

  @Test
  void aWayBackThatIsKilledInEachPartLosesAndDoublesNothing() throws IOException {
    String run;
    try (ServedRepli repli = serve()) {
      run = repli.report("INC-1");
      dieAt(repli, links.target(), READS_CHANGES, Loss.CUT);
    }
    dieAt(links.source(), KEEPS_PLACE, Loss.BEFORE);
    dieAt(links.source(), KEEPS_PLACE, Loss.CUT);
    dieAt(links.target(), "SET GLOBAL read_only = ON", Loss.BEFORE);
    dieAt(links.target(), "SET GLOBAL read_only = ON", Loss.CUT);
    await().atMost(LEASE.plusSeconds(20)).until(() -> sampler.accepts(Node.Role.TARGET, 500));
    assertThat(sampler.longestWithoutWriterMillis()).isLessThan(LEASE.plusSeconds(2).toMillis());

    dieAt(links.source(), "SET GLOBAL read_only = OFF", Loss.CUT);
    dieAt(links.route(), "set server", Loss.BEFORE);
    dieAt(links.target(), READS_CHANGES, Loss.CUT);

    try (ServedRepli repli = serve()) {
      assertThat(workToItsEnd(repli, run)).isEqualTo("Rolled back to source");
      assertThat(repli.milestones(run, "POINT_OF_NO_RETURN")).isEqualTo(1);
      assertThat(repli.milestones(run, "DELTA_CARRIED")).isEqualTo(1);
    }
    judge();
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

  private static void dieAt(ServedRepli repli, LossyLink link, String statement, Loss loss) {
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
                seen.set(workOrSay(repli));
              }
              assertThat(repli.isAlive()).as("not killed at " + statement + ": " + seen).isFalse();
            });
  }

  /** A step that was cut off is tried again; to all else people say yes. */
  private static String workOrSay(ServedRepli repli) {
    try {
      if (repli.task("Decide on failed step").isEmpty()) {
        return ServedCutovers.workOrSay(repli);
      }
      repli.tryFailedStepAgain();
      return "a failed step is tried again";
    } catch (IOException | AssertionError notNow) {
      return String.valueOf(notNow.getMessage());
    }
  }

  private static String workToItsEnd(ServedRepli repli, String run) throws IOException {
    soon()
        .untilAsserted(
            () -> {
              String said = workOrSay(repli);
              assertThat(repli.result(run)).as(said + repli.get("/api/runs/" + run)).isNotEmpty();
            });
    return repli.result(run);
  }

  private void judge() {
    await().atMost(Duration.ofSeconds(20)).until(() -> sampler.accepts(Node.Role.SOURCE, 500));
    int acknowledged = topology.acknowledged();
    await().atMost(Duration.ofSeconds(40)).until(() -> topology.acknowledged() > acknowledged + 20);
    assertThat(sampler.changesOfWriter()).as("changes of writer").isEqualTo(1);
    SwitchTopology.Verdict verdict = topology.compare(Node.Role.SOURCE);
    assertThat(verdict.acknowledged()).isGreaterThan(200);
    assertThat(verdict.lost()).as("lost").isZero();
    assertThat(verdict.duplicated()).as("duplicated").isZero();
    String bulk =
        "SELECT CONCAT(COUNT(*), ' ', COALESCE(BIT_XOR(CRC32(CONCAT_WS('/', id, note))), 0))"
            + " FROM app.bulk";
    assertThat(LogicalTopology.text(topology.node(Node.Role.SOURCE), bulk))
        .isEqualTo(LogicalTopology.text(topology.node(Node.Role.TARGET), bulk));
  }
}

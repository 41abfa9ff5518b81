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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application: a way back with a delta that did not come to its end, and what the next
 * one finds.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class SecondWayBackIT {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final String CHOOSE = "Choose delta policy";
  private static final String KEEPS_PLACE = "INSERT INTO repli_probe.delta_import";
  private static final String READS_PLACE = "keeps_gtids FROM repli_probe.delta_import";
  private static final String KEYLESS =
      "SELECT CONCAT(COUNT(*), ' ', COALESCE(SUM(n), 0)) FROM app.keyless";

  @TempDir private Path directory;
  private SwitchTopology topology;
  private PlanLinks links;

  @BeforeEach
  void start() throws IOException {
    assumeThat(LabHaproxy.program()).as("haproxy: scripts/install-test-tools").isPresent();
    ServerInstallation maria = ServerInstallation.fromMaven();
    topology =
        SwitchTopology.start(
            directory.resolve("lab"), maria, maria, "  gateWait: 20s\n  gate: 1s\n");
    target().run(false, ProbeTable.create("(@@server_id)").toArray(String[]::new));
    target().run(false, ImportLab.account("import-mariadb.sql").toArray(String[]::new));
    target().run(false, "CREATE TABLE app.keyless (n INT)", "CREATE TABLE app.last (n INT)");
    String last = "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'last'";
    await().atMost(LONG).until(() -> LogicalTopology.text(source(), last).equals("1"));
    links = PlanLinks.through(topology, directory.resolve("plans"));
    ImportAccountFile.add(links.plans().resolve(topology.planId() + ".yaml"), directory);
    topology.write(50);
  }

  @AfterEach
  void stop() {
    links.close();
    topology.close();
  }

  private MariaDbServer source() {
    return topology.node(Node.Role.SOURCE);
  }

  private MariaDbServer target() {
    return topology.node(Node.Role.TARGET);
  }

  private ServedRepli serve() throws IOException {
    return ServedRepli.start(
        links.plans(), directory.resolve("data"), Map.of(), "--repli.monitor.enabled=false");
  }

  private static ConditionFactory soon() {
    return await().atMost(LONG).ignoreExceptionsInstanceOf(IOException.class);
  }

  @Test
  void theSecondBeginsExactlyWhereTheFirstWasKilled() throws IOException {
    source().run(true, "STOP SLAVE", "RESET SLAVE ALL");
    writeKeyless();
    try (ServedRepli repli = serve()) {
      repli.report("INC-1");
      LossyLink link = links.source();
      // the transaction that has its place in it is committed, and Repli never hears of it
      link.loseAnswerTo(
          KEEPS_PLACE, Loss.LATE, () -> link.loseAnswerTo("COMMIT", Loss.CUT, repli::kill));
      soon()
          .untilAsserted(
              () -> {
                String said = repli.isAlive() ? ServedCutovers.workOrSay(repli) : "";
                assertThat(repli.isAlive()).as(said).isFalse();
              });
    }
    assertThat(LogicalTopology.text(source(), KEYLESS)).isEqualTo("40 820");
    writeKeyless();
    CountDownLatch aborted = new CountDownLatch(1);
    // else the import that goes on could be at its end before people say that it shall not
    links.source().loseAnswerTo(READS_PLACE, Loss.LATE, () -> untilDown(aborted));
    try (ServedRepli repli = serve()) {
      assertThat(repli.abort("INC-1").ok()).isTrue();
      aborted.countDown();
      soon().until(() -> !repli.result("INC-1").isEmpty());
      assertThat(repli.result("INC-1")).isEqualTo("Rollback aborted");
      assertThat(repli.milestones("INC-1", "DELTA_IMPORTED")).isZero();

      String run = repli.report("INC-2");
      ServedCutovers.until(repli, run, "nothing more");
      assertThat(repli.result(run)).isEqualTo("Rolled back to source");
    }
    assertThat(LogicalTopology.text(source(), KEYLESS))
        .as("rows without a key, which a change that comes twice doubles")
        .isEqualTo("80 1640");
    SwitchTopology.Verdict verdict = topology.verdict(Node.Role.SOURCE);
    assertThat(verdict.acknowledged()).isPositive();
    assertThat(verdict.lost()).isZero();
    assertThat(verdict.duplicated()).isZero();
  }

  /** It takes longer than work without a sign of life counts as under way. */
  @Test
  void anImportThatIsAbortedInALongTransactionNeverCommits() throws IOException {
    source().run(true, "STOP SLAVE IO_THREAD");
    target().run(false, "INSERT INTO app.keyless VALUES (1), (2), (3)");
    CountDownLatch within = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    links
        .source()
        .loseAnswerTo(
            "INTO `app`.`keyless`",
            Loss.LATE,
            () -> {
              within.countDown();
              untilDown(released);
            });
    try (ServedRepli repli = serve()) {
      String run = repli.report("INC-1");
      soon()
          .untilAsserted(
              () -> {
                String said = within.getCount() == 0 ? "" : ServedCutovers.workOrSay(repli);
                assertThat(within.getCount()).as(said).isZero();
              });
      assertThat(repli.abort(run).ok()).isTrue();
      soon().until(() -> !repli.result(run).isEmpty());
      soon()
          .during(Duration.ofSeconds(75))
          .until(() -> repli.milestones(run, "SOURCE_REPLICATION_STARTED") == 0);
      released.countDown();

      soon().until(() -> repli.milestones(run, "SOURCE_REPLICATION_STARTED") == 1);
      soon().until(() -> LogicalTopology.text(source(), KEYLESS).equals("3 6"));
      assertThat(repli.milestones(run, "SOURCE_LEFT_BEHIND")).isZero();
      assertThat(repli.milestones(run, "DELTA_IMPORTED")).isZero();
    }
  }

  private static void untilDown(CountDownLatch latch) {
    try {
      assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeKeyless() {
    for (int n = 1; n <= 40; n++) {
      target().run(false, "INSERT INTO app.keyless VALUES (" + n + ")");
    }
  }

  @Test
  void leavesTheSourceAsItWasWhereItEndsBeforeTheImport() throws IOException {
    source().run(true, "STOP SLAVE IO_THREAD");
    writeKeyless();
    source()
        .run(
            true,
            "CREATE TRIGGER app.twice BEFORE INSERT ON app.orders FOR EACH ROW SET @seen = NEW.seq");
    try (ServedRepli repli = serve()) {
      String run = repli.report("INC-1");
      ServedCutovers.until(repli, run, CHOOSE);
      assertThat(repli.answer("op1", CHOOSE, Map.of("deltaAnswer", "IMPORT")).text())
          .as("the table with the trigger is left to people")
          .contains("(deltaTables): app.orders has no line");
      Map<String, String> mended =
          Map.of("deltaAnswer", "IMPORT", "deltaTables", "app.orders = export-import");
      assertThat(repli.answer("op1", CHOOSE, mended).ok()).isTrue();
      ServedCutovers.until(repli, run, "Decide on failed step");
      assertThat(repli.milestones(run, "DELTA_TABLE_CHOSEN")).isEqualTo(1);
      assertThat(repli.milestones(run, "SOURCE_REPLICATION_STOPPED")).isEqualTo(1);
      assertThat(applies()).isFalse();
      assertThat(repli.abort(run).ok()).isTrue();
      soon()
          .untilAsserted(
              () ->
                  assertThat(repli.milestones(run, "SOURCE_REPLICATION_STARTED"))
                      .as(ServedCutovers.timeline(repli, run))
                      .isEqualTo(1));
      assertThat(applies()).isTrue();

      source().run(true, "DROP TRIGGER app.twice", "STOP SLAVE IO_THREAD");
      target().run(false, "ALTER TABLE app.keyless ADD m INT");
      String next = repli.report("INC-2");
      ServedCutovers.until(repli, next, CHOOSE);
      assertThat(repli.milestones(next, "DELTA_STOPPED")).isEqualTo(1);
      RepliApi.Answer importing = repli.answer("op1", CHOOSE, Map.of("deltaAnswer", "IMPORT"));
      assertThat(importing.text())
          .contains("a statement that changed more than rows is in the way");
      assertThat(repli.answer("op1", CHOOSE, Map.of("deltaAnswer", "CANCEL")).ok()).isTrue();
      soon().until(() -> !repli.result(next).isEmpty());
      assertThat(repli.result(next)).isEqualTo("Rollback cancelled");
      assertThat(repli.milestones(next, "SOURCE_REPLICATION_STOPPED")).isZero();
      assertThat(applies()).isTrue();
      assertThat(ways(repli)).contains("ALTER TABLE app.keyless ADD m INT");
    }
  }

  private boolean applies() {
    String threads =
        "SELECT COUNT(*) FROM information_schema.processlist WHERE command = 'Slave_SQL'";
    return LogicalTopology.text(source(), threads).equals("1");
  }

  private String ways(ServedRepli repli) throws IOException {
    return repli.get("/api/plans/" + topology.planId() + "/reversibility").toString();
  }
}

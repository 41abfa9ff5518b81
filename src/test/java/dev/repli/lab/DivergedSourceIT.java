package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.delta.imports.jdbc.ImportLab;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody wrote on the source after the cutover: two people approve to go back all the same, and
 * the rows that both sides have changed are decided one by one and by a rule.
 */
class DivergedSourceIT {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final String APPROVE_RULE = "Approve rule for conflicts";
  private static final String STOCK =
      "SELECT GROUP_CONCAT(id, '=', amount ORDER BY id) FROM app.stock";

  @TempDir private Path directory;
  private SwitchTopology topology;

  @BeforeEach
  void start() throws IOException {
    assumeThat(LabHaproxy.program()).as("haproxy: scripts/install-test-tools").isPresent();
    topology =
        SwitchTopology.startBeforeCutover(
            directory.resolve("lab"), ServerInstallation.fromMaven(), "  gateWait: 20s\n");
    source().run(false, ImportLab.account("import-mariadb.sql").toArray(String[]::new));
    source()
        .run(
            false,
            "CREATE TABLE app.stock (id INT PRIMARY KEY, amount INT)",
            "INSERT INTO app.stock VALUES (1, 10), (2, 10), (3, 10), (4, 10)");
    ImportAccountFile.add(topology.plans().resolve(topology.planId() + ".yaml"), directory);
    topology.write(100);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  private MariaDbServer source() {
    return topology.node(Node.Role.SOURCE);
  }

  private MariaDbServer target() {
    return topology.node(Node.Role.TARGET);
  }

  @Test
  void goesBackToASourceThatWasWrittenAndLosesNeitherSidesRows() throws IOException {
    try (ServedRepli repli =
        ServedRepli.start(
            topology.plans(),
            directory.resolve("data"),
            Map.of(),
            "--repli.monitor.enabled=false")) {
      ServedCutovers.watched(repli);
      bothSidesWrite();
      String run = repli.report("INC-1");
      ServedCutovers.until(repli, run, ServedConflicts.RESOLVE);

      assertThat(repli.result(run)).as(ServedCutovers.timeline(repli, run)).isEmpty();
      assertThat(ServedCutovers.timeline(repli, run)).contains("\"app.stock\":\"RECONCILE\"");
      decideOneRow(repli, run);
      decideTheRestByARule(repli);
      ServedCutovers.until(repli, run, "nothing more");

      assertThat(repli.result(run)).isEqualTo("Rolled back to source");
      assertThat(repli.milestones(run, "DELTA_CARRIED")).isEqualTo(1);
      assertThat(ServedCutovers.tasks(repli))
          .as("two people approve what can lose rows")
          .anyMatch(task -> task.endsWith("second person"));
    }
    // 1 was decided for the target, 2 and 3 for the source, 4 and 5 only the target has changed
    assertThat(LogicalTopology.text(source(), STOCK)).isEqualTo("1=20,2=12,3=13,4=24,5=25,6=16");
    SwitchTopology.Verdict verdict = topology.verdict(Node.Role.SOURCE);
    assertThat(verdict.lost()).isZero();
    assertThat(verdict.duplicated()).isZero();
  }

  private void bothSidesWrite() {
    target()
        .run(
            false,
            "UPDATE app.stock SET amount = 20 + id WHERE id = 4",
            "INSERT INTO app.stock VALUES (5, 25)");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(LogicalTopology.text(source(), STOCK)).endsWith("4=24,5=25"));
    source().run(true, "STOP SLAVE", "RESET SLAVE ALL");
    source()
        .run(
            false,
            "UPDATE app.stock SET amount = 10 + id WHERE id < 4",
            "INSERT INTO app.stock VALUES (6, 16)");
    target().run(false, "UPDATE app.stock SET amount = 20 WHERE id < 4");
  }

  private static void decideOneRow(ServedRepli repli, String run) throws IOException {
    JsonNode row = ServedConflicts.open(repli, run).path(0).path("rows").path(0);
    assertThat(row.path("sourceNow").path("amount").asText()).isEqualTo("11");
    assertThat(row.path("targetAfter").path("amount").asText()).isEqualTo("20");
    ServedConflicts.decideFirst(repli, run, 3, "take-target");
  }

  private static void decideTheRestByARule(ServedRepli repli) throws IOException {
    RepliApi.Answer proposed =
        repli.answer(
            "op1",
            ServedConflicts.RESOLVE,
            Map.of(
                "conflictsAnswer", "PROPOSE_RULE",
                "conflictRuleKind", "SOURCE_WINS",
                "conflictRuleTable", "app.stock",
                "conflictsReason", "counted by hand in the shop"));
    assertThat(proposed.ok()).as(proposed.text()).isTrue();
    await().atMost(LONG).until(() -> !repli.task(APPROVE_RULE).isEmpty());
    RepliApi.Answer alone =
        repli.answer(
            "op1", APPROVE_RULE, Map.of("conflictRuleAnswer", "approve", "conflictRuleReason", ""));
    assertThat(alone.ok()).as("nobody approves a rule of one's own").isFalse();
  }
}

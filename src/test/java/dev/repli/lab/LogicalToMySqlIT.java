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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application: back from MariaDB 11.8 to the MySQL 9.7 that still stands, under load,
 * where Repli's own stream is no way back.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class LogicalToMySqlIT {
  static final Duration LONG = Duration.ofMinutes(4);
  private static final String WATCH = "Decide on the watch";
  private static final String STREAM = "/api/plans/" + LabPlan.ID + "/stream";
  static final String KEYLESS =
      "SELECT CONCAT(COUNT(*), ' ', COALESCE(SUM(n), 0)) FROM app.keyless";
  private static final String ORDERS =
      "SELECT CONCAT(COUNT(*), ' ', BIT_XOR(CRC32(CONCAT_WS('/', seq, order_id, item))))"
          + " FROM app.orders";

  private static final String LAST = "SELECT MAX(seq) FROM app.orders";

  @Test
  void carriesEveryWriteBackAndLeavesTheStreamAsItWasWhereItEndsBefore(@TempDir Path folder)
      throws IOException, SQLException {
    assumeThat(MySqlToMariaDb.isThere()).as(MySqlToMariaDb.MISSING).isTrue();
    assumeThat(LabHaproxy.program()).as("haproxy: scripts/install-test-tools").isPresent();
    try (MySqlTopology lab = MySqlTopology.start(folder.resolve("lab"));
        ServedRepli repli = serve(lab, folder)) {
      moreTraffic(lab);
      cutOver(repli);
      String from = stop(repli);
      makeKeyless(lab);
      // begun anew it knows the table
      startFrom(repli, from);
      writeKeyless(lab);
      moreTraffic(lab);
      knowsThatNobodyElseHasWritten(lab, repli);
      endsBeforeTheImport(lab, repli);
      knowsOfWritesThatNoImportMade(lab, repli);
      doubtsWhereAStreamSaysThatTheSourceIs(lab, repli);

      assertThat(stop(repli)).isNotEmpty();
      writeKeyless(lab);
      moreTraffic(lab);
      String run = repli.begin("rollback");
      rolledBack(repli, run);
      assertThat(repli.milestones(run, "DELTA_CARRIED")).isEqualTo(1);
      assertThat(repli.milestones(run, "SOURCE_ADMITS_IMPORTS")).isEqualTo(1);
      moreTraffic(lab);
      nothingIsLostOrDouble(lab);
    }
  }

  static void rolledBack(ServedRepli repli, String run) throws IOException {
    until(
        () -> {
          keepWatching(repli);
          String said = ServedCutovers.workOrSay(repli);
          assertThat(repli.result(run))
              .as(() -> said + ServedCutovers.timeline(repli, run))
              .isNotEmpty();
        });
    assertThat(repli.result(run))
        .as(() -> ServedCutovers.timeline(repli, run))
        .isEqualTo("Rolled back to source");
  }

  /** Without its stream the cutover's canary does not come back, and people are asked. */
  private static void keepWatching(ServedRepli repli) throws IOException {
    if (!repli.task(WATCH).isEmpty()) {
      RepliApi.Answer kept = repli.answer("op1", WATCH, Map.of("watchAnswer", "KEEP_WATCHING"));
      assertThat(kept.ok()).as(kept.text()).isTrue();
    }
  }

  static void nothingIsLostOrDouble(MySqlTopology lab) throws SQLException {
    TrafficVerdict verdict = lab.verdict(Node.Role.SOURCE);
    assertThat(verdict.acknowledged()).isGreaterThan(600);
    assertThat(verdict.lost()).isZero();
    assertThat(verdict.duplicated()).isZero();
    assertThat(lab.text(Node.Role.TARGET, "SELECT @@read_only")).isEqualTo("1");
    assertThat(lab.text(Node.Role.SOURCE, KEYLESS))
        .as("rows without a key, which a change that comes twice doubles")
        .isEqualTo("80 1640");
    String carried = ORDERS + " WHERE seq <= " + lab.text(Node.Role.TARGET, LAST);
    assertThat(lab.text(Node.Role.SOURCE, carried)).isEqualTo(lab.text(Node.Role.TARGET, ORDERS));
  }

  static ServedRepli serve(MySqlTopology lab, Path folder) throws IOException {
    return ServedRepli.start(
        lab.plans(), folder.resolve("data"), Map.of(), "--repli.monitor.enabled=false");
  }

  static void moreTraffic(MySqlTopology lab) {
    int before = lab.acknowledged();
    await().atMost(LONG).until(() -> lab.acknowledged() > before + 200);
  }

  /** A cutover does not want such tables; nothing of it is in a binary log. */
  static void makeKeyless(MySqlTopology lab) {
    for (Node.Role role : Node.Role.values()) {
      lab.run(role, "SET SESSION sql_log_bin = 0", "CREATE TABLE app.keyless (n INT)");
    }
  }

  static void writeKeyless(MySqlTopology lab) {
    for (int n = 1; n <= 40; n++) {
      lab.run(Node.Role.TARGET, "INSERT INTO app.keyless VALUES (" + n + ")");
    }
  }

  /** The stream has imported, and each of its transactions has an id of the source's own. */
  private static void knowsThatNobodyElseHasWritten(MySqlTopology lab, ServedRepli repli)
      throws IOException {
    until(
        () ->
            assertThat(lab.text(Node.Role.SOURCE, KEYLESS))
                .as(() -> streamSays(repli))
                .isEqualTo("40 820"));
    String from = stop(repli);
    until(() -> losesNothing(repli));
    startFrom(repli, from);
    until(() -> assertThat(repli.get(STREAM).path("state").asText()).isEqualTo("running"));
  }

  private static void startFrom(ServedRepli repli, String from) {
    until(
        () -> {
          RepliApi.Answer started = repli.post("op1", STREAM, Map.of("from", from));
          assertThat(started.ok()).as(started.text()).isTrue();
        });
  }

  private static String streamSays(ServedRepli repli) {
    try {
      return repli.get(STREAM).toString();
    } catch (IOException notNow) {
      return String.valueOf(notNow.getMessage());
    }
  }

  /** A trigger is in the way of the import, and the server was fenced for everybody. */
  private static void endsBeforeTheImport(MySqlTopology lab, ServedRepli repli) throws IOException {
    lab.run(
        Node.Role.SOURCE,
        "CREATE TRIGGER app.twice BEFORE INSERT ON app.orders FOR EACH ROW SET @seen = NEW.seq",
        "SET GLOBAL super_read_only = ON");
    until(() -> assertThat(repli.get(STREAM).path("state").asText()).isNotEqualTo("running"));
    String run = repli.begin("rollback");
    until(
        () -> {
          String task = repli.task("Decide on failed step");
          String said = task.isEmpty() ? ServedCutovers.workOrSay(repli) : "";
          assertThat(task).as(() -> said + ServedCutovers.timeline(repli, run)).isNotEmpty();
        });
    assertThat(repli.milestones(run, "SOURCE_STREAM_STOPPED")).isEqualTo(1);
    assertThat(superReadOnly(lab)).isEqualTo("0");
    assertThat(repli.get(STREAM).path("wanted").asBoolean()).isFalse();
    RepliApi.Answer beside =
        repli.post("op1", STREAM, Map.of("from", repli.get(STREAM).path("from").asText()));
    assertThat(beside.text()).contains("imports the delta itself");

    assertThat(repli.abort(run).ok()).isTrue();
    until(
        () ->
            assertThat(repli.milestones(run, "SOURCE_STREAM_STARTED"))
                .as(ServedCutovers.timeline(repli, run))
                .isEqualTo(1));
    assertThat(repli.result(run)).isEqualTo("Rollback aborted");
    assertThat(repli.get(STREAM).path("wanted").asBoolean()).isTrue();
    assertThat(superReadOnly(lab)).as("else the stream could not write").isEqualTo("0");
    assertThat(repli.milestones(run, "SOURCE_FENCED_AGAIN")).isZero();
  }

  private static void knowsOfWritesThatNoImportMade(MySqlTopology lab, ServedRepli repli)
      throws IOException {
    lab.run(Node.Role.SOURCE, "SET GLOBAL super_read_only = OFF", "DROP TRIGGER app.twice");
    assertThat(stop(repli)).isNotEmpty();
    lab.run(Node.Role.SOURCE, "SET GLOBAL super_read_only = ON");
    until(
        () ->
            assertThat(way(repli).toString())
                .contains("2 transactions that no import of Repli wrote"));
  }

  /** It cannot write yet; and it is wrong, which only the rollback's import shows. */
  private static void doubtsWhereAStreamSaysThatTheSourceIs(MySqlTopology lab, ServedRepli repli) {
    String further = lab.text(Node.Role.TARGET, "SELECT @@GLOBAL.gtid_binlog_pos");
    startFrom(repli, further);
    until(
        () ->
            assertThat(way(repli).toString())
                .contains(further + " (op1 started a stream there", "as Repli knows"));
  }

  static void cutOver(ServedRepli repli) throws IOException {
    String run = repli.begin("cutover");
    until(
        () -> {
          String said = ServedCutovers.workOrSay(repli);
          assertThat(ServedCutovers.timeline(repli, run)).as(said).contains("Step watch begun");
        });
  }

  /** Returns from where it can be started again. */
  static String stop(ServedRepli repli) throws IOException {
    RepliApi.Answer stopped =
        repli.post("op1", STREAM + "/stop", Map.of("reason", "it does not keep up"));
    assertThat(stopped.ok()).as(stopped.text()).isTrue();
    // started again before it has ended it would go on, with the tables as it knew them
    until(() -> assertThat(repli.get(STREAM).path("owner").asText()).isEmpty());
    return repli.get(STREAM).path("from").asText();
  }

  private static String superReadOnly(MySqlTopology lab) {
    return lab.text(Node.Role.SOURCE, "SELECT @@GLOBAL.super_read_only");
  }

  /** Whoever else had written on the source would be in the way's words. */
  static void losesNothing(ServedRepli repli) throws IOException {
    JsonNode way = way(repli);
    assertThat(way.path("state").asText()).as(way.toString()).isEqualTo("open");
    assertThat(way.path("loses").asText()).as(way.toString()).startsWith("nothing acknowledged");
  }

  static JsonNode way(ServedRepli repli) throws IOException {
    for (JsonNode way : repli.get("/api/plans/" + LabPlan.ID + "/reversibility").path("ways")) {
      if (way.path("strategy").asText().equals("logical")) {
        return way;
      }
    }
    throw new IOException("no logical way back is measured");
  }

  static void until(ThrowingRunnable condition) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(condition);
  }
}

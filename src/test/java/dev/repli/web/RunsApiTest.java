package dev.repli.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.longwork.WorkProgress.Amount;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.web.RawHttp.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How runs are started, seen and called off. */
class RunsApiTest extends ServedApi {
  @Test
  void refusesAnIdempotencyKeyThatWasUsedForAnotherBody() {
    String key = "Idempotency-Key: " + id;
    assertThat(http.post("/api/incidents", TestIncident.json(id), key).status()).isEqualTo(202);
    assertThat(http.post("/api/incidents", TestIncident.json(id), key).status()).isEqualTo(202);

    Answer other = http.post("/api/incidents", TestIncident.json(id + "-other"), key);

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.body()).contains("idempotency-key-reused");
  }

  @Test
  void startsARollbackOncePerIdempotencyKey() throws Exception {
    String key = "Idempotency-Key: " + id;
    Answer first = http.post("/api/plans/shop/rollback", "{\"summary\":\"drill\"}", key);
    Answer again = http.post("/api/plans/shop/rollback", "{\"summary\":\"drill\"}", key);

    assertThat(List.of(first.status(), again.status())).containsOnly(201);
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(body(first).get("dryRun").booleanValue()).isFalse();
  }

  @Test
  void startsACutoverUnderAKeyOfItsOwn() throws Exception {
    Answer cutover = http.post("/api/plans/shop/cutover", "{}", "Idempotency-Key: " + id);

    assertThat(cutover.status()).as(cutover.body()).isEqualTo(201);
    assertThat(body(cutover).get("runbook").textValue()).isEqualTo("CutoverProcess");
    assertThat(body(cutover).get("key").textValue()).startsWith("shop-cutover-");
  }

  @Test
  void startsMovingReadsUnderAKeyOfItsOwn() throws Exception {
    Answer reads = http.post("/api/plans/shop/reads", "{}", "Idempotency-Key: " + id);

    assertThat(reads.status()).as(reads.body()).isEqualTo(201);
    assertThat(body(reads).get("runbook").textValue()).isEqualTo("ProgressiveReadsProcess");
    assertThat(body(reads).get("key").textValue()).startsWith("shop-reads-");
  }

  @Test
  void refusesToProveABackupOfAPlanWithoutAny() {
    Answer refused = http.post("/api/plans/shop/backup-proof", "{}");

    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.body()).contains("no-backups", "machine.backups");
    assertThat(http.post("/api/plans/no-such-plan/backup-proof", "{}").status()).isEqualTo(404);
  }

  @Test
  void startsADryRunWithoutABodyBesideARun() throws Exception {
    http.post("/api/incidents", TestIncident.json(id));

    Answer dry =
        http.send(
            "POST", "/api/plans/shop/rollback?dryRun=true", new byte[0], 0, "Content-Length: 0");

    assertThat(dry.status()).isEqualTo(201);
    assertThat(body(dry).get("dryRun").booleanValue()).isTrue();
  }

  @Test
  void abortsARunAndRefusesToDoSoAgain() throws Exception {
    http.post("/api/incidents", TestIncident.json(id));
    String abort = "/api/runs/" + id + "/abort";

    Answer accepted = http.post(abort, "{\"reason\":\"false alarm\"}");
    Answer refused = http.post(abort, "{\"reason\":\"false alarm\"}");

    assertThat(accepted.status()).isEqualTo(202);
    assertThat(body(accepted).get("run").get("result").textValue()).isEqualTo("Rollback aborted");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("already ended");
  }

  @Test
  void refusesToAbortAfterThePointOfNoReturnWithTheReasonAndTheWayForward() {
    http.post("/api/incidents", TestIncident.json(id));
    journal.append(new RunKey(id), new Milestone("POINT_OF_NO_RETURN", "passed", Map.of()));

    Answer refused = http.post("/api/runs/" + id + "/abort", "{\"reason\":\"too late\"}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("point of no return", "start a new rollback");
    runs.find(new RunKey(id)).ifPresent(this::endByHand);
  }

  @Test
  void reportsARunInTheFormatThatIsAskedFor() {
    http.post("/api/incidents", TestIncident.json(id));
    String report = "/api/runs/" + id + "/report";

    assertThat(http.get(report).header("Content-Type")).startsWith("application/json");
    assertThat(http.get(report + "?format=md").header("Content-Type")).startsWith("text/markdown");
    assertThat(http.get(report, "Accept: text/html,*/*;q=0.8").header("Content-Type"))
        .startsWith("text/html");
    assertThat(http.get(report, "Accept: text/markdown").body()).contains(id);
    assertThat(http.get(report, "Accept: image/png").status()).isEqualTo(406);
    assertThat(http.get(report + "?format=pdf").status()).isEqualTo(400);
  }

  @Test
  void saysHowFarTheLongWorkOfARunIs() throws Exception {
    http.post("/api/incidents", TestIncident.json(id));
    RunKey run = new RunKey(id);
    Instant begun = Instant.parse("2026-11-21T12:00:00Z");
    long token = work.begin(run, "restoreWork", "node-1", begun);
    boolean mine =
        work.beat(run, "restoreWork", token, new Amount(30, 120, "bytes"), begun.plusSeconds(10));

    JsonNode found = body(http.get("/api/runs/" + id + "/work")).get(0);
    assertThat(mine).isTrue();
    assertThat(found.path("state").asText()).isEqualTo("running");
    assertThat(found.path("percent").asInt()).isEqualTo(25);
    assertThat(found.path("perSecond").asDouble()).isEqualTo(3.0);
    assertThat(found.path("remaining").asText()).isEqualTo("PT30S");
  }

  @Test
  void saysThatARunHasNoLedgerYet() {
    http.post("/api/incidents", TestIncident.json(id));

    assertThat(http.get("/api/runs/" + id + "/ledger").body()).contains("no-ledger");
  }

  /** A run that may not be aborted any more would keep the plan for the other tests. */
  private void endByHand(Runs.Run run) {
    journal.append(run.key(), new Milestone("SWITCH_ARMED", "for the test's end", Map.of()));
    journal.append(run.key(), new Milestone("SWITCH_ENDED", "for the test's end", Map.of()));
  }
}

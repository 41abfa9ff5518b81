package dev.repli.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.Shown;
import dev.repli.longwork.WorkProgress;
import dev.repli.longwork.WorkProgress.Amount;
import dev.repli.longwork.WorkRecords;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.web.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@WebTest
final class ApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Autowired private Runs runs;
  @Autowired private Journal journal;
  @Autowired private WorkRecords work;
  @Autowired private HomePage homePage;
  @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;
  @LocalServerPort private int port;
  private RawHttp http;
  private final String id = "inc-" + UUID.randomUUID();

  @BeforeEach
  void connect() {
    http = new RawHttp(port, "op1");
  }

  @AfterEach
  void freeThePlans() {
    runs.newest(500).stream()
        .filter(run -> run.result().isEmpty())
        .forEach(run -> runs.abort(run.key(), "test", "test is over"));
  }

  @Test
  void startsARunForAnIncidentAndSaysWhereItIs() throws Exception {
    Answer answer = http.post("/api/incidents", TestIncident.json(id));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Location")).isEqualTo("/api/runs/" + id);
    JsonNode run = body(answer).get("run");
    assertThat(run.get("requestedBy").textValue()).isEqualTo("op1");
    assertThat(run.get("state").textValue()).isEqualTo("active");
    assertThat(run.get("waitingFor").get(0).textValue()).isEqualTo("Approve rollback " + id);
    assertThat(body(http.get("/api/runs/" + id))).isEqualTo(run);
    assertThat(http.get("/api/runs").body()).contains(id);
  }

  @Test
  void makesOneRunOfManyEqualIncidentsAtOnce() throws Exception {
    String json = TestIncident.json(id);
    List<Answer> answers = atOnce(101, () -> http.post("/api/incidents", json));

    assertThat(answers).extracting(Answer::status).containsOnly(202);
    assertThat(answers).filteredOn(a -> a.body().contains("\"STARTED\"")).hasSize(1);
    assertThat(answers).filteredOn(a -> a.body().contains("\"REPEATED\"")).hasSize(100);
    assertThat(runs.newest(500)).filteredOn(run -> run.key().value().equals(id)).hasSize(1);
  }

  @Test
  void notesOtherFactsOfAKnownIncidentInItsTimeline() {
    http.post("/api/incidents", TestIncident.json(id));
    String other = TestIncident.with(id, "summary", "\"80 % fail\"");

    assertThat(http.post("/api/incidents", other).body()).contains("\"UPDATED\"");
    assertThat(http.get("/api/runs/" + id + "/timeline").body())
        .contains("RUN_REQUESTED", "INCIDENT_UPDATED", "80 % fail");
  }

  @Test
  void takesTheEndOfAnIncidentInAndRefusesItsResurrection() {
    http.post("/api/incidents", TestIncident.json(id));
    String resolved = TestIncident.with(id, "status", "\"resolved\"");

    assertThat(http.post("/api/incidents", resolved).body()).contains("\"RESOLVED\"");
    assertThat(http.post("/api/incidents", TestIncident.json(id)).status()).isEqualTo(409);
  }

  @Test
  void namesTheRunThatThePlanIsBusyWith() {
    http.post("/api/incidents", TestIncident.json(id));

    Answer rollback = http.post("/api/plans/shop/rollback", "{}");

    assertThat(rollback.status()).isEqualTo(409);
    assertThat(rollback.body()).contains("plan-busy", id);
  }

  @Test
  void takesTheWebhookOfAlertmanagerAndCountsWhatNoPlanKnows() {
    String alert =
        """
        {"version":"4","status":"firing","receiver":"repli","truncatedAlerts":0,"alerts":[
          {"status":"firing","labels":{"alertname":"Watchdog"},"annotations":{"summary":"${7*7}"},
           "startsAt":"2026-03-01T12:00:00.123Z","endsAt":"0001-01-01T00:00:00Z",
           "generatorURL":"http://prometheus/","fingerprint":"0123456789abcdef"}]}""";

    Answer answer = http.post("/api/webhooks/alertmanager", alert);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).contains("\"alerts\":1", "\"matched\":0", "\"runs\":[]");
    for (String wrong :
        List.of(
            "{}",
            "{\"alerts\":{}}",
            alert.replace("\"status\":\"firing\",\"labels", "\"status\":\"x\",\"labels"),
            alert.replace("\"Watchdog\"", "7"),
            alert.replace("2026-03-01T12:00:00.123Z", "noon"))) {
      assertThat(http.post("/api/webhooks/alertmanager", wrong).status()).as(wrong).isEqualTo(422);
    }
  }

  @Test
  void foldsAnotherIncidentOfThePlanIntoItsTriage() {
    http.post("/api/incidents", TestIncident.json(id));

    Answer other = http.post("/api/incidents", TestIncident.json(id + "-other"));

    assertThat(other.status()).isEqualTo(202);
    assertThat(other.header("Location")).isEqualTo("/api/runs/" + id);
    assertThat(other.body()).contains("\"JOINED\"");
  }

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
  void letsEachRoleDoItsOwnOnly() {
    String rollback = "/api/plans/shop/rollback?dryRun=true";
    RawHttp monitoring = new RawHttp(port, "monitor1");
    RawHttp manager = new RawHttp(port, "mgr1");
    RawHttp approver = new RawHttp(port, "lead1");

    assertThat(monitoring.post("/api/incidents", TestIncident.json(id)).status()).isEqualTo(202);
    assertThat(
            List.of(
                monitoring.post(rollback, "{}"),
                manager.post("/api/incidents", TestIncident.json(id)),
                approver.post("/api/incidents", TestIncident.json(id)),
                manager.post("/api/runs/" + id + "/abort", "{\"reason\":\"no\"}")))
        .allSatisfy(
            refused -> {
              assertThat(refused.status()).isEqualTo(403);
              assertThat(refused.isProblem()).isTrue();
            });
    assertThat(manager.get("/api/runs/" + id).status()).isEqualTo(200);
    assertThat(approver.post("/api/runs/" + id + "/abort", "{\"reason\":\"no\"}").status())
        .isEqualTo(202);
    assertThat(approver.post(rollback, "{}").status()).isEqualTo(201);
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

  @Test
  void takesTemplateAndMarkupTextsLiterally() {
    String hostile = "${7*7} #{1} {{2}} <script>alert(1)</script>";
    http.post("/api/incidents", TestIncident.with(id, "summary", "\"" + hostile + "\""));

    assertThat(http.get("/api/runs/" + id + "/timeline").body()).contains(hostile);
  }

  @Test
  void showsPlansWithTheirFingerprintAndWithoutTheirAccounts() throws Exception {
    Answer plan = http.get("/api/plans/shop");

    assertThat(body(plan).get("fingerprint").textValue()).isNotBlank();
    assertThat(plan.body()).doesNotContain("account", "password", "env:");
    assertThat(body(http.get("/api/plans"))).hasSize(2);
  }

  @Test
  void checksTheGuardrailsOfAPlanAndIsRedWhereNothingCanBeRead() throws Exception {
    JsonNode report = body(http.get("/api/plans/shop/guardrails?writer=source&moment=before"));

    assertThat(report.get("blocked").booleanValue()).isTrue();
    assertThat(report.get("results"))
        .as("green is only what the plan alone answers: both its nodes are MariaDB")
        .filteredOn(result -> !result.get("status").textValue().equals("red"))
        .extracting(result -> result.get("name").textValue())
        .containsExactlyInAnyOrder(
            "authentication-plugin",
            "dialect-positions",
            "json-columns",
            "mysql-account-statements",
            "mysql-binlog-options",
            "mysql-only-definitions",
            "mysql-replica-of-mariadb");
    assertThat(report.get("results")).hasSizeGreaterThan(50);
    assertThat(http.get("/api/plans/nothing/guardrails").body()).contains("no-such-plan");
    assertThat(http.get("/api/plans/shop/guardrails?writer=both").status()).isEqualTo(400);
    assertThat(http.get("/api/plans/shop/guardrails?when=now").status()).isEqualTo(400);
  }

  @Test
  void saysWhichWaysBackAreOpenAndWhyNot() throws Exception {
    JsonNode found = body(http.get("/api/plans/shop/reversibility"));

    assertThat(found.path("plan").asText()).isEqualTo("shop");
    assertThat(found.has("preferred")).isFalse();
    assertThat(found.path("ways").path(0).path("strategy").asText()).isEqualTo("replication");
    assertThat(found.path("ways").path(0).path("state").asText()).isEqualTo("unknown");
    assertThat(found.path("ways").path(0).path("why").asText())
        .contains("the source does not answer");
    assertThat(http.get("/api/plans/nothing/reversibility").body()).contains("no-such-plan");
    assertThat(http.get("/api/plans/shop/reversibility?now=1").status()).isEqualTo(400);
  }

  @Test
  void showsRunsAndLinksOnItsFirstPageWithEveryTextEscaped() {
    http.post("/api/incidents", TestIncident.json(id));

    String page = new String(homePage.home().getBody(), StandardCharsets.UTF_8);

    assertThat(page)
        .contains(id, "/camunda/app/tasklist", "/camunda/app/cockpit", "/api/openapi")
        .contains("The shop &lt;b&gt;plan&lt;/b&gt;");
  }

  @Test
  void saysOnItsFirstPageHowFarLongWorkIs() throws Exception {
    RunKey run =
        new RunKey(
            body(http.post("/api/incidents", TestIncident.json(id)))
                .path("run")
                .path("key")
                .asText());
    Instant begun = Instant.parse("2026-03-01T12:00:00Z");
    long token = work.begin(run, "restore", "repli-1", begun);
    work.beat(run, "restore", token, new Amount(40, 100, "MB"), begun.plusSeconds(60));

    assertThat(new String(homePage.home().getBody(), StandardCharsets.UTF_8))
        .contains(
            "restore: 40 of 100 MB (40 %), 0.7 MB/s, about 90 s left, last sign of life "
                + Shown.second(begun.plusSeconds(60)));

    work.end(run, "restore", token, WorkProgress.State.DONE, "", begun.plusSeconds(120));
    assertThat(new String(homePage.home().getBody(), StandardCharsets.UTF_8))
        .doesNotContain("restore: ");
  }

  @Test
  void asksForALogInBeforeItShowsItsFirstPage() {
    Answer page = http.get("/", "Accept: text/html");

    assertThat(page.status()).isEqualTo(302);
    assertThat(page.header("Location")).endsWith("/login");
  }

  @Test
  void saysHonestlyThatNoMigrationsAreKnown() {
    assertThat(http.get("/health/migrations").body()).contains("NOT_CONFIGURED");
    assertThat(http.get("/health").body()).contains("UP");
    assertThat(http.get("/up").body()).contains("up");
  }

  @Test
  void operatorsAloneMayAskForAReplicationSetup() {
    Answer refused =
        new RawHttp(port, "lead1").post("/api/plans/shop/replication?dryRun=true", "{}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.isProblem()).isTrue();
    assertThat(http.post("/api/plans/no-such-plan/replication", "{}").status()).isEqualTo(404);
  }

  @Test
  void describesExactlyTheCallsThatExist() throws Exception {
    TreeSet<String> described = new TreeSet<>();
    body(http.get("/api/openapi"))
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(
                                method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
    TreeSet<String> existing = new TreeSet<>();
    requestMappingHandlerMapping
        .getHandlerMethods()
        .forEach(
            (mapping, method) -> {
              if (method.getBeanType().getPackageName().equals("dev.repli.web")) {
                calls(mapping).forEach(existing::add);
              }
            });
    existing.removeAll(List.of("GET /", "GET /error", "GET /conflicts/{key}"));

    assertThat(described).isEqualTo(existing);
  }

  private static Stream<String> calls(RequestMappingInfo mapping) {
    var methods = mapping.getMethodsCondition().getMethods();
    return mapping.getPatternValues().stream()
        .flatMap(
            path ->
                methods.isEmpty()
                    ? Stream.of("GET " + path)
                    : methods.stream().map(RequestMethod::name).map(name -> name + " " + path));
  }

  /** A run that may not be aborted any more would keep the plan for the other tests. */
  private void endByHand(Runs.Run run) {
    journal.append(run.key(), new Milestone("SWITCH_ARMED", "for the test's end", Map.of()));
    journal.append(run.key(), new Milestone("SWITCH_ENDED", "for the test's end", Map.of()));
  }

  private static JsonNode body(Answer answer) throws Exception {
    return JSON.readTree(answer.body());
  }

  private static List<Answer> atOnce(int times, Callable<Answer> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer :
          threads.invokeAll(Stream.generate(() -> call).limit(times).toList())) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }
}

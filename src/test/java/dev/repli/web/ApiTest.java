package dev.repli.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.repli.journal.Shown;
import dev.repli.longwork.WorkProgress;
import dev.repli.longwork.WorkProgress.Amount;
import dev.repli.run.RunKey;
import dev.repli.web.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Roles, plans, the first page, and that the description names what there is. */
class ApiTest extends ServedApi {
  @Autowired private HomePage homePage;
  @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;

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
    existing.removeAll(List.of("GET /", "GET /error", "GET /conflicts/{key}", "GET /runs/{key}"));

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
}

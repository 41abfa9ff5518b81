package dev.repli.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.repli.delta.conflict.ConflictCases;
import dev.repli.delta.conflict.FakeConflicts;
import dev.repli.delta.imports.History;
import dev.repli.delta.imports.ImportId;
import dev.repli.engine.BrowserSession;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.web.RawHttp.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ConflictApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFLICTS = "/api/runs/rollback-77/conflicts";

  @Autowired private FakeConflicts conflicts;
  @Autowired private Plans plans;
  @LocalServerPort private int port;
  private RawHttp http;

  @BeforeEach
  void connect() {
    http = new RawHttp(port, "op1");
    Plan plan = plans.all().get(0);
    conflicts.open(
        new ConflictCases.Known(
            new ImportId("import-1"), new RunKey("rollback-77"), plan.id(), plan.contentHash()));
  }

  private static JsonNode body(Answer answer) throws Exception {
    return JSON.readTree(answer.body());
  }

  @Test
  @Order(1)
  void showsAPageWithTheThreeStatesOfEachRow() throws Exception {
    JsonNode page = body(http.get(CONFLICTS + "?limit=2"));

    assertThat(page.path("next").longValue()).isEqualTo(2);
    JsonNode row = page.path("conflicts").path(0).path("rows").path(0);
    assertThat(row.path("sourceNow").path("name").textValue()).isEqualTo("source");
    assertThat(row.path("targetBefore").path("name").textValue()).isEqualTo("before");
    assertThat(row.path("targetAfter").path("name").textValue()).isEqualTo("target");
    assertThat(row.path("differing").toString()).isEqualTo("[\"name\",\"amount\"]");
    assertThat(body(http.get(CONFLICTS + "?after=2")).path("conflicts")).hasSize(1);
    assertThat(body(http.get(CONFLICTS + "?after=123456789012")).path("conflicts")).isEmpty();
    assertThat(http.get(CONFLICTS + "?after=0").status()).isEqualTo(400);
  }

  @Test
  @Order(2)
  void showsStatementsAndRunsNoneBeforeTheDecision() throws Exception {
    Answer preview = http.post(CONFLICTS + "/1/preview", "{\"decision\":\"take-target\"}");

    assertThat(body(preview).path("statements").toString()).isEqualTo("[\"Update of app.things\"]");
    assertThat(conflicts.rows).containsEntry(1, History.row(1, "source", 5));
    assertThat(conflicts.decisionsOnNode()).isZero();
  }

  @Test
  @Order(3)
  void refusesWhatIsNotAskedForInTheRightWay() {
    List<Answer> refused =
        List.of(
            http.post(CONFLICTS + "/1/decision", "{\"decision\":\"take-target\"}"),
            http.post(CONFLICTS + "/1/decision", "{\"decision\":\"take-all\",\"seen\":\"x\"}"),
            http.post(
                CONFLICTS + "/1/preview",
                "{\"decision\":\"edit\",\"values\":{\"amount\":{\"a\":1}}}"));

    assertThat(refused).extracting(Answer::status).containsOnly(422);
    assertThat(http.get(CONFLICTS + "?state=all").status()).isEqualTo(400);
    assertThat(http.get(CONFLICTS + "/none").status()).isEqualTo(404);
    assertThat(http.get("/api/runs/other/conflicts").body()).contains("no-conflicts");
    assertThat(conflicts.decisionsOnNode()).isZero();
  }

  @Test
  @Order(4)
  void refusesADecisionAboutAnotherStateThanTheOneThatWasShown() throws Exception {
    String decision = "{\"decision\":\"take-target\",\"seen\":\"%s\"}";

    Answer stale = http.post(CONFLICTS + "/1/decision", decision.formatted("0".repeat(64)));
    String seen = body(stale).path("conflict").path("seen").textValue();
    Answer done = http.post(CONFLICTS + "/1/decision", decision.formatted(seen));
    Answer again = http.post(CONFLICTS + "/1/decision", decision.formatted(seen));

    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.body()).contains("row-changed");
    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(again.body()).contains("already-decided", "op1");
    assertThat(conflicts.rows).containsEntry(1, History.row(1, "target", 1));
    assertThat(body(http.get(CONFLICTS + "?state=resolved")).path("conflicts")).hasSize(1);
  }

  @Test
  @Order(5)
  void showsRowsToThoseOnlyWhoDecideAboutThem() {
    for (String user : List.of("mgr1", "aud1", "monitor1", "com1")) {
      RawHttp other = new RawHttp(port, user);
      assertThat(other.get(CONFLICTS).status()).as(user).isEqualTo(403);
      assertThat(other.post(CONFLICTS + "/2/decision", "{}").status()).as(user).isEqualTo(403);
    }
    assertThat(new RawHttp(port, "lead1").get(CONFLICTS).status()).isEqualTo(200);
  }

  @Test
  @Order(6)
  void saysThatTheNodeDoesNotAnswer() {
    conflicts.failure = "connection refused";
    try {
      Answer answer = http.get(CONFLICTS);

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).contains("connection refused");
    } finally {
      conflicts.failure = "";
    }
  }

  /** Seen in a browser: 403, since the cookie with the token never came. */
  @Test
  @Order(7)
  void letsThePageDecideWithTheSessionOfTheLogInForm() {
    BrowserSession browser = BrowserSession.open(port, "op1", "tasklist");

    assertThat(browser.get("/conflicts/rollback-77").body())
        .contains("Conflicts of rollback-77", "/scripts/conflicts.js");
    assertThat(browser.get("/scripts/conflicts.js").body()).contains("REPLI-XSRF-TOKEN");
    String preview = CONFLICTS + "/2/preview";
    String wanted = "{\"decision\":\"take-target\"}";
    assertThat(browser.postOwn(preview, wanted).statusCode()).as("without a token").isEqualTo(403);
    assertThat(browser.get(CONFLICTS).statusCode()).isEqualTo(200);
    assertThat(browser.postOwn(preview, wanted).body()).contains("Update of app.things");
  }

  @Test
  @Order(8)
  void showsThePageToThoseOnlyWhoDecide() {
    BrowserSession browser = BrowserSession.open(port, "mgr1", "cockpit");

    assertThat(browser.get("/conflicts/rollback-77").statusCode()).isEqualTo(403);
  }
}

package dev.repli.engine.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.engine.BrowserSession;
import dev.repli.engine.EngineTest;
import dev.repli.engine.EngineTestApplication.Caller;
import java.net.http.HttpResponse;
import org.camunda.bpm.engine.FilterService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** CVE-2026-109432: any logged-in user could run code with an expression inside orQueries. */
@EngineTest
class QueryExpressionTest {
  private static final String BROWSER = "/camunda/api/engine/engine/default";

  @LocalServerPort private int port;
  @Autowired private FilterService filters;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"orQueries\":[{\"assigneeExpression\":\"${''.concat('x')}\"}]}",
        "{\"orQueries\":[{\"dueAfterExpression\":\"${now()}\"}]}",
        "{\"assigneeExpression\":\"${''.concat('x')}\"}"
      })
  void refusesExpressionsOnBothRestPaths(String query) {
    refused(new Caller(port, "op1").post("/engine-rest/task", query));
    refused(new Caller(port, "op1").post("/engine-rest/task/count", query));
    BrowserSession browser = BrowserSession.open(port, "op1", "tasklist");
    refused(browser.post(BROWSER + "/task", query));
    refused(browser.post(BROWSER + "/task/count", query));
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "count", "singleResult"})
  void refusesExpressionsThatExtendAFilter(String call) {
    String filter = filters.createTaskFilterQuery().filterName("All open").singleResult().getId();
    String query = "{\"orQueries\":[{\"assigneeExpression\":\"${''.concat('x')}\"}]}";

    refused(new Caller(port, "op1").post("/engine-rest/filter/" + filter + "/" + call, query));
    refused(
        BrowserSession.open(port, "op1", "tasklist")
            .post(BROWSER + "/filter/" + filter + "/" + call, query));
  }

  @Test
  void answersOrdinaryQueries() {
    String query = "{\"orQueries\":[{\"assignee\":\"op1\",\"name\":\"x\"}]}";

    assertThat(new Caller(port, "op1").post("/engine-rest/task", query).statusCode())
        .isEqualTo(200);
    assertThat(
            BrowserSession.open(port, "op1", "tasklist")
                .post(BROWSER + "/task", query)
                .statusCode())
        .isEqualTo(200);
  }

  private static void refused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("\tat ", "NullPointer");
  }
}

package dev.repli.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.engine.BrowserSession;
import dev.repli.engine.EngineTest;
import dev.repli.engine.EngineTestApplication.Caller;
import dev.repli.engine.KnownRuns;
import dev.repli.run.RunKey;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@EngineTest
class LoginTest {
  @LocalServerPort private int port;
  @Autowired private KnownRuns runs;
  @Autowired private RepositoryService repository;

  @Test
  void answersAStrangerWithAProblemAndTheWayIn() {
    var answer = as("").get("/api/runs");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"Repli\"");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
  }

  @Test
  void startsARunThroughTheRegisterForThoseWhoMay() {
    String start = "/engine-rest/process-definition/key/ApprovalTrial/start";
    String body = "{\"businessKey\":\"login-1\",\"variables\":{\"planId\":{\"value\":\"trial\"}}}";

    assertThat(as("op1").post(start, body).statusCode()).isEqualTo(200);
    assertThat(runs.find(new RunKey("login-1")))
        .hasValueSatisfying(run -> assertThat(run.requestedBy()).isEqualTo("op1"));
    assertThat(as("monitor1").post(start, body).statusCode()).isEqualTo(403);
    assertThat(as("mgr1").post(start, body).statusCode()).isEqualTo(403);
    assertThat(as("").post(start, body).statusCode()).isEqualTo(401);
    assertThat(as("op1").post(start, "{}").statusCode()).isEqualTo(400);
    assertThat(as("op1").post(start, "{").statusCode()).isEqualTo(400);
  }

  @Test
  void letsMonitoringStartATriageOnly() {
    String body = "{\"businessKey\":\"login-2\",\"variables\":{\"planId\":{\"value\":\"trial\"}}}";

    assertThat(
            as("monitor1")
                .post("/engine-rest/process-definition/key/IncidentTriageProcess/start", body)
                .statusCode())
        .isEqualTo(200);
    assertThat(
            as("monitor1")
                .post("/engine-rest/process-definition/key/RollbackProcess/start", body)
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void refusesToStartAnInstancePastTheRegister() {
    String id =
        repository
            .createProcessDefinitionQuery()
            .processDefinitionKey("ApprovalTrial")
            .latestVersion()
            .singleResult()
            .getId();

    for (String way : new String[] {"start", "submit-form"}) {
      var refused =
          as("op1")
              .post("/engine-rest/process-definition/" + id + "/" + way, "{\"businessKey\":\"x\"}");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("POST /api/incidents");
    }
    assertThat(
            BrowserSession.open(port, "op1", "tasklist")
                .post(
                    "/camunda/api/engine/engine/default/process-definition/key/ApprovalTrial/submit-form",
                    "{\"businessKey\":\"x\"}")
                .statusCode())
        .isEqualTo(403);
  }

  private Caller as(String user) {
    return new Caller(port, user);
  }
}

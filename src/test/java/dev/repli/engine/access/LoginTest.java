package dev.repli.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.engine.EngineTest;
import dev.repli.engine.EngineTestApplication.Caller;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@EngineTest
class LoginTest {
  @LocalServerPort private int port;

  @Test
  void answersAStrangerWithAProblemAndTheWayIn() {
    var answer = as("").get("/api/runs");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"Repli\"");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
  }

  @Test
  void letsEachRoleStartOnlyWhatItMay() {
    String start = "/engine-rest/process-definition/key/ApprovalTrial/start";

    assertThat(as("op1").post(start, "{\"businessKey\":\"login-1\"}").statusCode()).isEqualTo(200);
    assertThat(as("monitor1").post(start, "{}").statusCode()).isEqualTo(404);
    assertThat(as("mgr1").post(start, "{}").statusCode()).isEqualTo(403);
    assertThat(as("").post(start, "{}").statusCode()).isEqualTo(401);
  }

  private Caller as(String user) {
    return new Caller(port, user);
  }
}

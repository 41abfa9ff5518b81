package dev.repli.engine.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.engine.BrowserSession;
import dev.repli.engine.EngineTest;
import dev.repli.engine.EngineTestApplication.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Closed for everybody, so the administrator is the one who tries. */
@EngineTest
class ClosedPathsTest {
  @LocalServerPort private int port;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/deployment/create",
        "/deployment/some/redeploy",
        "/process-instance/some/modification",
        "/process-instance/some/modification-async",
        "/process-definition/some/restart",
        "/process-definition/some/restart-async",
        "/modification/execute",
        "/migration/execute",
        "/migration/generate",
        "/telemetry/configuration",
        "/filter/create",
        "/process-instance/delete-async",
        "/process-instance/variables-async",
        "/history/process-instance/delete"
      })
  void refusesToChangeWhatIsDeployedOrRunsOnBothRestPaths(String call) {
    Caller admin = new Caller(port, "admin");
    assertThat(admin.post("/engine-rest" + call, "{}").statusCode()).isEqualTo(403);
    assertThat(admin.post("/engine-rest/engine/default" + call, "{}").statusCode()).isEqualTo(403);
    assertThat(
            BrowserSession.open(port, "admin", "cockpit")
                .post("/camunda/api/engine/engine/default" + call, "{}")
                .statusCode())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/engine-rest//deployment/create",
        "/engine-rest/deployment/create;x=y",
        "/engine-rest/./deployment/create",
        "/engine-rest/deployment%2Fcreate"
      })
  void isNotDeceivedByAnotherSpellingOfThePath(String path) {
    assertThat(new Caller(port, "admin").post(path, "{}").statusCode()).isIn(400, 403, 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/engine-rest/%64eployment/create",
        "/engine-rest/deployment/%63reate",
        "/engine-rest/deployment/create/"
      })
  void readsThePathAsTheEngineDoes(String path) {
    assertThat(new Caller(port, "admin").post(path, "{}").statusCode()).isEqualTo(403);
  }

  /** CVE-2026-77226: without a member of camunda-admin it made one, for anybody. */
  @Test
  void refusesToSetUpAnAdministratorForAStranger() {
    String user =
        "{\"profile\":{\"id\":\"mallory\",\"firstName\":\"M\",\"lastName\":\"M\"},"
            + "\"credentials\":{\"password\":\"Passw0rd-unused\"}}";
    String path = "/camunda/api/admin/setup/default/user/create";

    assertThat(new Caller(port, "").post(path, user).statusCode()).isIn(302, 401, 403);
    assertThat(BrowserSession.open(port, "admin", "admin").post(path, user).statusCode())
        .isEqualTo(403);
    assertThat(
            BrowserSession.open(port, "admin", "admin")
                .get("/camunda/app/admin/default/setup/")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void stillReads() {
    Caller admin = new Caller(port, "admin");
    assertThat(admin.get("/engine-rest/deployment").statusCode()).isEqualTo(200);
    assertThat(admin.post("/engine-rest/history/process-instance", "{}").statusCode())
        .isEqualTo(200);
    assertThat(admin.post("/engine-rest/history/process-instance/count", "{}").statusCode())
        .isEqualTo(200);
  }
}

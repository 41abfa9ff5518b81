package dev.repli.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.engine.BrowserSession;
import dev.repli.engine.EngineTest;
import dev.repli.engine.EngineTestApplication.Caller;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The paths of /api have no controller here: 404 says that the call got past the rules. */
@EngineTest
class RolesTest {
  private static final int PASSED = 404;

  @LocalServerPort private int port;

  @ParameterizedTest
  @CsvSource({
    "op1, 404",
    "monitor1, 404",
    "lead1, 403",
    "mgr1, 403",
    "aud1, 403",
    "com1, 403",
    "'', 401"
  })
  void letsOperatorsAndMonitoringReportIncidents(String user, int status) {
    assertThat(as(user).post("/api/incidents", "{}").statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"op1, 404", "lead1, 404", "monitor1, 403", "mgr1, 403"})
  void letsOperatorsAndApproversAskForARollback(String user, int status) {
    assertThat(as(user).post("/api/plans/trial/rollback", "{}").statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"op1, 404", "lead1, 404", "pm1, 404", "monitor1, 403", "mgr1, 403", "aud1, 403"})
  void letsOperatorsAndApproversAbort(String user, int status) {
    assertThat(as(user).post("/api/runs/x/abort", "{}").statusCode()).isEqualTo(status);
  }

  @Test
  void letsEverybodyWithARoleReadRuns() {
    for (String user : List.of("op1", "lead1", "com1", "mgr1", "aud1", "monitor1", "admin")) {
      assertThat(as(user).get("/api/runs/x").statusCode()).as(user).isEqualTo(PASSED);
    }
  }

  @Test
  void deniesWhatNoRuleNames() {
    assertThat(as("admin").post("/api/unknown", "{}").statusCode()).isEqualTo(403);
    assertThat(as("admin").get("/actuator/env").statusCode()).isEqualTo(403);
    assertThat(as("").get("/actuator/prometheus").statusCode()).isEqualTo(401);
    assertThat(as("op1").get("/actuator/prometheus").statusCode()).isEqualTo(200);
  }

  @Test
  void tellsHealthToEverybodyButNoDetails() {
    var health = as("").get("/actuator/health");

    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).isEqualTo("{\"status\":\"UP\"}");
  }

  @Test
  void showsTasklistToThoseWhoWorkAndCockpitToThoseWhoWatch() {
    assertThat(open("op1", "tasklist")).contains("tasklist");
    assertThat(status("op1", "cockpit")).isEqualTo(403);
    assertThat(status("op1", "admin")).isEqualTo(403);
    assertThat(status("mgr1", "cockpit")).isEqualTo(200);
    assertThat(status("mgr1", "tasklist")).isEqualTo(403);
  }

  @Test
  void letsManagersAndAuditorsReadTheHistoryAndNothingElseOfIt() {
    for (String user : List.of("mgr1", "aud1")) {
      assertThat(as(user).get("/engine-rest/history/process-instance").statusCode()).isEqualTo(200);
    }
    assertThat(as("op1").get("/engine-rest/history/process-instance").body()).isEqualTo("[]");
  }

  @Test
  void refusesASessionsCallWithoutATokenAgainstForgery() {
    BrowserSession browser = BrowserSession.open(port, "op1", "tasklist");

    assertThat(browser.get("/api/runs/x").statusCode()).isEqualTo(PASSED);
    assertThat(browser.post("/api/incidents", "{}").statusCode()).isEqualTo(403);
  }

  @Test
  void givesEverybodyAListOfTasksAtTheFirstLogin() {
    String filters = as("op1").get("/engine-rest/filter?resourceType=Task").body();

    assertThat(filters).contains("My tasks", "Approvals", "All open");
    assertThat(as("op1").get("/engine-rest/filter/count").body()).contains("3");
  }

  private String open(String user, String application) {
    return BrowserSession.open(port, user, application)
        .get("/camunda/app/" + application + "/default/")
        .body();
  }

  /** What the application itself asks for its user's data. */
  private int status(String user, String application) {
    return BrowserSession.open(port, user, application)
        .get("/camunda/app/" + application + "/default/")
        .statusCode();
  }

  private Caller as(String user) {
    return new Caller(port, user);
  }
}

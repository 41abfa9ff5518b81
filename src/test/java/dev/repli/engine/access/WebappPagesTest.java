package dev.repli.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.engine.BrowserSession;
import dev.repli.engine.EngineTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Repli's own files are found before those that the web applications bring along. */
@EngineTest
class WebappPagesTest {
  @LocalServerPort private int port;

  @ParameterizedTest
  @ValueSource(strings = {"cockpit", "tasklist", "admin", "welcome"})
  void hidesTheBannerInEveryApplication(String application) {
    BrowserSession admin = BrowserSession.open(port, "admin", "cockpit");

    assertThat(admin.get("/camunda/app/" + application + "/styles/user-styles.css").body())
        .contains(".ce-eol-banner {")
        .contains("display: none");
  }

  @Test
  void addsThePageOfFinishedRunsToCockpit() {
    BrowserSession manager = BrowserSession.open(port, "mgr1", "cockpit");

    assertThat(manager.get("/camunda/app/cockpit/scripts/config.js").body())
        .contains("scripts/repli-runs.js");
    for (String script :
        new String[] {"repli-runs", "repli-page", "repli-run-list", "repli-run-detail"}) {
      assertThat(manager.get("/camunda/app/cockpit/scripts/" + script + ".js").statusCode())
          .as(script)
          .isEqualTo(200);
    }
  }

  @Test
  void addsToTasklistWhyAnAnswerIsNotTaken() {
    BrowserSession operator = BrowserSession.open(port, "op1", "tasklist");

    assertThat(operator.get("/camunda/app/tasklist/scripts/config.js").body())
        .contains("scripts/repli-refusals.js");
    assertThat(operator.get("/camunda/app/tasklist/scripts/repli-refusals.js").statusCode())
        .isEqualTo(200);
  }

  @Test
  void endsTheWholeSessionWhenTheApplicationLogsOut() {
    BrowserSession manager = BrowserSession.open(port, "mgr1", "cockpit");
    String data = "/camunda/api/engine/engine/default/process-definition";
    assertThat(manager.get(data).statusCode()).isEqualTo(200);

    manager.post("/camunda/api/admin/auth/user/default/logout", "{}");

    assertThat(manager.get(data).uri().getPath()).isEqualTo("/login");
  }
}

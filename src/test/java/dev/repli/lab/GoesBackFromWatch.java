package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A look of a cutover's watch is bad, people choose to go back, and what follows is there. */
record GoesBackFromWatch(Stage stage) {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String REASON = "the way back was closing";

  /** The way back stops, which the next look sees; it is mended before the answer. */
  void choose() throws IOException {
    stage.nodes().source().run(true, "STOP SLAVE SQL_THREAD");
    await().atMost(LONG).until(() -> !task().isEmpty());
    stage.nodes().source().run(true, "START SLAVE SQL_THREAD");
    DemoUser operator = stage.user("op1");
    String path = "/engine-rest/task/" + task();
    assertThat(stage.api().post(operator, path + "/claim", Map.of("userId", "op1")).ok()).isTrue();
    RepliApi.Answer answer =
        stage
            .api()
            .post(
                operator,
                path + "/submit-form",
                Map.of(
                    "variables",
                    Map.of(
                        "watchAnswer", Map.of("value", "GO_BACK"),
                        "watchReason", Map.of("value", REASON))));
    assertThat(answer.ok()).as(answer.text()).isTrue();
  }

  private String task() throws IOException {
    for (JsonNode task : get("/engine-rest/task?processDefinitionKey=CutoverConcernProcess")) {
      return task.path("id").asText();
    }
    return "";
  }

  /** The same as after each other rollback: a watch, a post-mortem, and the register knows why. */
  void isFollowed(String cutover) {
    await()
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              assertThat(get("/api/runs/" + cutover + "/watch").toString()).contains("GOOD");
              String written =
                  stage
                      .api()
                      .get(stage.user("admin"), "/api/runs/" + cutover + "/post-mortem")
                      .text();
              assertThat(written)
                  .contains("Cutover that went back", "none, says the ledger")
                  .containsPattern("to the last yes to going back \\|.*\\|.*\\| [0-9]");
              JsonNode newest = get("/api/releases").path(0);
              assertThat(newest.path("side").asText()).isEqualTo("source");
              assertThat(newest.path("run").asText()).isEqualTo(cutover);
              assertThat(newest.path("version").asText()).contains("MariaDB");
              assertThat(get("/api/releases").path(1).path("why").asText()).isEqualTo(REASON);
            });
  }

  /** Whoever read that the cutover was done has to read that, too. */
  void isTold(String cutover) throws IOException {
    List<String> told = new ArrayList<>();
    for (JsonNode entry : get("/api/runs/" + cutover + "/timeline")) {
      JsonNode facts = entry.path("evidence").path("facts");
      if (facts.path("message").asText().startsWith("rollback-")) {
        told.add(facts.path("message").asText() + ": " + facts.path("reason").asText());
      }
    }
    assertThat(told).containsExactly("rollback-running: " + REASON, "rollback-done: " + REASON);
  }

  private JsonNode get(String path) throws IOException {
    return stage.api().get(stage.user("admin"), path).body();
  }
}

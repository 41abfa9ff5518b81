package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;

/** How an operator of the packaged application decides conflicts one by one. */
final class ServedConflicts {
  static final String RESOLVE = "Resolve conflicts";

  /** The open conflicts of a run. */
  static JsonNode open(ServedRepli repli, String run) throws IOException {
    JsonNode page = repli.get("op1", path(run));
    assertThat(page.has("conflicts")).as(page.toString()).isTrue();
    return page.path("conflicts");
  }

  /**
   * Decides the first of them.
   *
   * @param expected how many there are
   * @param decision such as {@code take-target}
   */
  static void decideFirst(ServedRepli repli, String run, int expected, String decision)
      throws IOException {
    JsonNode open = open(repli, run);
    assertThat(open).as(open.toString()).hasSize(expected);
    RepliApi.Answer decided =
        repli.post(
            "op1",
            path(run) + "/" + open.path(0).path("group").asText() + "/decision",
            Map.of("decision", decision, "seen", open.path(0).path("seen").asText()));
    assertThat(decided.ok()).as(decided.text()).isTrue();
  }

  static void lookAgain(ServedRepli repli) throws IOException {
    RepliApi.Answer looked = repli.answer("op1", RESOLVE, Map.of("conflictsAnswer", "LOOK_AGAIN"));
    assertThat(looked.ok()).as(looked.text()).isTrue();
  }

  private static String path(String run) {
    return "/api/runs/" + run + "/conflicts";
  }

  private ServedConflicts() {}
}

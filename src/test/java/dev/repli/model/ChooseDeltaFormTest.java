package dev.repli.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.junit.jupiter.api.Test;

/** What the form about a delta asks beside its question, and when. */
class ChooseDeltaFormTest {
  private static final Models MODELS = Models.read();
  private static final String FORM = "choose-delta-policy";
  private static final String LINES = "app.log = ?\napp.abandoned_carts = ?";

  private final FeelEngineApi feel = FeelEngineBuilder.forJava().build();

  private static JsonNode field(String key) {
    return MODELS
        .components(FORM)
        .filter(field -> field.path("key").asText().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private boolean shows(String key, String answer, long asked, String lines) {
    String hide = field(key).path("conditional").path("hide").asText().substring(1);
    Map<String, Object> data =
        Map.of("deltaAnswer", answer, "deltaAsked", asked, "deltaTables", lines);
    return feel.evaluateExpression(hide, data).result().equals(false);
  }

  @Test
  void asksForALineForEachTableBeforeTheQuestionWhereAnyIsLeftToPeople() {
    List<String> keys = MODELS.writableKeys(FORM);

    assertThat(keys).containsExactly("deltaTables", "deltaAnswer", "deltaReason");
    assertThat(field("deltaTables").path("type").asText()).isEqualTo("textarea");
    assertThat(field("deltaTables").path("validate").path("required").asBoolean()).isTrue();
    assertThat(shows("deltaTables", "", 2, LINES)).isTrue();
    assertThat(shows("deltaTables", "", 0, "")).isFalse();
  }

  @Test
  void asksWhyWhereAnythingIsAbandoned() {
    String one = LINES.replace("log = ?", "log\t=  Abandon");

    assertThat(shows("deltaReason", "ABANDON", 0, "")).isTrue();
    assertThat(shows("deltaReason", "ABANDON", 2, LINES)).isTrue();
    assertThat(shows("deltaReason", "IMPORT", 2, one)).isTrue();
    assertThat(shows("deltaReason", "RECONCILE", 2, "* =abandon")).isTrue();
    assertThat(shows("deltaReason", "IMPORT", 2, LINES)).isFalse();
    assertThat(shows("deltaReason", "IMPORT", 0, "")).isFalse();
    assertThat(shows("deltaReason", "CANCEL", 2, one)).isFalse();
  }
}

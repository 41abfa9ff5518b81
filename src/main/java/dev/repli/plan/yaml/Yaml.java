package dev.repli.plan.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Text to nodes. */
final class Yaml {
  static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setUseMarks(true)
          .setAllowNonScalarKeys(true) // refused later, with their place
          .setCodePointLimit(2 * PlanText.MOST_BYTES)
          .build();

  private Yaml() {}

  static Optional<Node> compose(String text) {
    return new Compose(SETTINGS).composeString(text);
  }

  static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && scalar.getValue().matches("|~|null|Null|NULL");
  }

  /**
   * Reads a value that stands in the program and not in a file.
   *
   * @param json as the value would stand in a file
   */
  static <T> T trusted(Shape<T> shape, Object json) {
    Reading reading = new Reading("default");
    Node node = compose(asText(json)).orElseThrow();
    return shape
        .read(node, Place.FILE, reading)
        .orElseThrow(() -> new IllegalStateException(reading.errors().toString()));
  }

  private static String asText(Object json) {
    try {
      return new JsonMapper().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a default is not JSON: " + json, e);
    }
  }
}

package dev.repli.plan.yaml;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A single value.
 *
 * @param accepts for people
 */
record Scalar<T>(String accepts, Map<String, Object> schema, Reader<T> reader) implements Shape<T> {

  /** Turns the text of a value into a {@code T}. */
  interface Reader<T> {
    Optional<T> read(ScalarNode node, Refusal refusal);
  }

  /** How a reader says no. */
  interface Refusal {
    <T> Optional<T> because(String what, String suggestion);

    default <T> Optional<T> because(String what) {
      return because(what, "");
    }
  }

  @Override
  public Optional<T> read(Node node, Place place, Reading reading) {
    Refusal refusal =
        new Refusal() {
          @Override
          public <X> Optional<X> because(String what, String suggestion) {
            reading.error(place, what, accepts, suggestion);
            return Optional.empty();
          }
        };
    if (!(node instanceof ScalarNode scalar)) {
      return refusal.because("is " + Shape.nameOf(node) + ", not a single value");
    }
    if (Yaml.isNull(scalar)) {
      return refusal.because("has no value");
    }
    return reader.read(scalar, refusal);
  }
}

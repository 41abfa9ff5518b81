package dev.repli.plan.yaml;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** The shape of a key that may be left out; where it stands it has to be right. */
record Maybe<T>(Shape<T> shape) implements Shape<Optional<T>> {
  @Override
  public Optional<Optional<T>> read(Node node, Place place, Reading reading) {
    Optional<T> value = shape.read(node, place, reading);
    return value.isPresent() ? Optional.of(value) : Optional.empty();
  }

  @Override
  public String accepts() {
    return shape.accepts();
  }

  @Override
  public Map<String, Object> schema() {
    return shape.schema();
  }
}

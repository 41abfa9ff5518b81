package dev.repli.plan.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A list of at most {@value #MOST} items.
 *
 * @param least how many there have to be
 */
record Items<T>(Shape<T> item, int least) implements Shape<List<T>> {
  static final int MOST = 100;

  @Override
  public Optional<List<T>> read(Node node, Place place, Reading reading) {
    if (!(node instanceof SequenceNode sequence)) {
      reading.error(place, "is " + Shape.nameOf(node) + ", not a list", accepts(), "");
      return Optional.empty();
    }
    List<Node> nodes = sequence.getValue();
    if (nodes.size() < least || nodes.size() > MOST) {
      reading.error(place, "has " + nodes.size() + " items", accepts(), "");
      return Optional.empty();
    }
    List<T> items = new ArrayList<>();
    for (int index = 0; index < nodes.size(); index++) {
      Node at = nodes.get(index);
      item.read(at, place.item(index, at), reading).ifPresent(items::add);
    }
    return items.size() == nodes.size() ? Optional.of(items) : Optional.empty();
  }

  @Override
  public String accepts() {
    return "a list of " + least + " to " + MOST + " items, each starting with '- '";
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("minItems", least);
    schema.put("maxItems", MOST);
    schema.put("items", item.schema());
    return schema;
  }
}

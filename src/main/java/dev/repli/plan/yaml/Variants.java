package dev.repli.plan.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A block whose key {@code type} decides which other keys it has.
 *
 * @param blocks by type; each of them has a key {@code type} of its own
 */
record Variants<T>(Map<String, Block<? extends T>> blocks) implements Shape<T> {
  static final String TYPE = "type";

  static <T> Variants<T> of(Map<String, Block<? extends T>> blocks) {
    return new Variants<>(new LinkedHashMap<>(blocks));
  }

  @Override
  public Optional<T> read(Node node, Place place, Reading reading) {
    if (!(node instanceof MappingNode mapping)) {
      reading.error(place, "is " + Shape.nameOf(node), accepts(), "");
      return Optional.empty();
    }
    Optional<Node> type = typeOf(mapping);
    if (type.isEmpty()) {
      reading.error(place.missing(TYPE), "is missing", types(), "");
      return Optional.empty();
    }
    String name = type.get() instanceof ScalarNode scalar ? scalar.getValue() : "";
    Block<? extends T> block = blocks.get(name);
    if (block == null) {
      reading.error(
          place.child(TYPE, type.get()),
          "is " + Shown.quoted(name) + ", which is not a known type",
          types(),
          Spelling.suggest(name, List.copyOf(blocks.keySet())));
      return Optional.empty();
    }
    return block.read(node, place, reading).map(value -> value);
  }

  private static Optional<Node> typeOf(MappingNode mapping) {
    return mapping.getValue().stream()
        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key && isType(key))
        .map(NodeTuple::getValueNode)
        .findFirst();
  }

  private static boolean isType(ScalarNode key) {
    return key.getValue().equals(TYPE);
  }

  @Override
  public String accepts() {
    return "a block with the key type: " + types();
  }

  private String types() {
    return String.join(", ", blocks.keySet());
  }

  @Override
  public Map<String, Object> schema() {
    List<Map<String, Object>> each = blocks.values().stream().map(Block::schema).toList();
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("required", List.of(TYPE));
    schema.put("oneOf", each);
    return schema;
  }
}

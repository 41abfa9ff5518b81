package dev.repli.plan.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A block of known keys.
 *
 * @param check looks at several keys together; sees only those that are right
 * @param build makes the value once every key is right
 */
record Block<T>(List<Key<?>> keys, Consumer<Values> check, Function<Values, T> build)
    implements Shape<T> {

  static <T> Block<T> of(List<Key<?>> keys, Function<Values, T> build) {
    return new Block<>(keys, values -> {}, build);
  }

  Block<T> checked(Consumer<Values> check) {
    return new Block<>(keys, check, build);
  }

  @Override
  public Optional<T> read(Node node, Place place, Reading reading) {
    if (!(node instanceof MappingNode mapping)) {
      String what = Yaml.isNull(node) ? "has no value" : "is " + Shape.nameOf(node);
      reading.error(place, what, accepts(), "");
      return Optional.empty();
    }
    Map<String, Node> found = knownKeys(mapping, place, reading);
    Values values = new Values(place, reading);
    boolean good = true;
    for (Key<?> key : keys) {
      good &= readKey(key, found, place, reading, values);
    }
    check.accept(values);
    return good ? Optional.of(build.apply(values)) : Optional.empty();
  }

  private <X> boolean readKey(
      Key<X> key, Map<String, Node> found, Place place, Reading reading, Values values) {
    Optional<X> value;
    Node node = found.get(key.name());
    if (node == null) {
      value = key.missing();
      if (value.isEmpty()) {
        reading.error(place.missing(key.name()), "is missing", key.shape().accepts(), "");
      }
    } else {
      Place child = place.child(key.name(), node);
      reading.found(child);
      value = key.shape().read(node, child, reading);
    }
    value.ifPresent(right -> values.put(key, right));
    return value.isPresent();
  }

  private Map<String, Node> knownKeys(MappingNode mapping, Place place, Reading reading) {
    Map<String, Node> found = new LinkedHashMap<>();
    Map<String, Place> first = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        reading.error(place.at(tuple.getKeyNode()), "has a key that is no word", names(), "");
        continue;
      }
      String name = keyNode.getValue();
      Place at = place.child(Shown.plain(name), keyNode);
      Place before = first.putIfAbsent(name, at);
      if (before != null) {
        reading.error(at, "stands twice, first in line " + before.line(), "", "remove one");
      } else if (keys.stream().noneMatch(key -> key.name().equals(name))) {
        reading.error(at, "is not a known key", names(), Spelling.suggest(name, nameList()));
      } else {
        found.put(name, tuple.getValueNode());
      }
    }
    return found;
  }

  @Override
  public String accepts() {
    return "a block of the keys " + names();
  }

  private List<String> nameList() {
    return keys.stream().<String>map(Key::name).toList();
  }

  private String names() {
    return String.join(", ", nameList());
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Key<?> key : keys) {
      Map<String, Object> property = new LinkedHashMap<>(key.shape().schema());
      property.put("description", key.description());
      key.fallback().ifPresent(fallback -> property.put("default", fallback));
      properties.put(key.name(), property);
      if (key.required()) {
        required.add(key.name());
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    schema.put("required", required);
    schema.put("properties", properties);
    return schema;
  }
}

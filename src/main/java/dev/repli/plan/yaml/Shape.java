package dev.repli.plan.yaml;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** What may stand at one place of a plan. It reads it, and describes itself for the JSON Schema. */
interface Shape<T> {

  /** The value; empty when it is wrong, and then the reading has at least one more error. */
  Optional<T> read(Node node, Place place, Reading reading);

  /** What may stand there, for people. */
  String accepts();

  /** The JSON Schema of this shape. */
  Map<String, Object> schema();

  /** How people call what stands there. */
  static String nameOf(Node node) {
    return switch (node.getNodeType()) {
      case MAPPING -> "a block of keys";
      case SEQUENCE -> "a list";
      case SCALAR, ANCHOR -> "a single value";
    };
  }
}

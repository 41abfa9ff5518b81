package dev.repli.plan.yaml;

import java.util.Comparator;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Where something stands in a plan file.
 *
 * @param key path of keys, for example {@code routes[0].admin.port}; empty for the whole file
 * @param line from 1
 * @param column from 1
 */
record Place(String key, int line, int column) {
  static final Comparator<Place> IN_FILE =
      Comparator.comparingInt((Place place) -> place.line()).thenComparingInt(Place::column);

  static final Place FILE = new Place("", 1, 1);

  Place child(String name, Node at) {
    return new Place(key.isEmpty() ? name : key + "." + name, line(at), column(at));
  }

  /** A key that is not there: it is reported where its parent starts. */
  Place missing(String name) {
    return new Place(key.isEmpty() ? name : key + "." + name, line, column);
  }

  Place item(int index, Node at) {
    return new Place(key + "[" + index + "]", line(at), column(at));
  }

  Place at(Node node) {
    return new Place(key, line(node), column(node));
  }

  static Place of(String key, Mark mark) {
    return new Place(key, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static int column(Node node) {
    return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
  }
}

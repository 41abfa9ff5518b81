package dev.repli.guardrail.schema;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Two descriptions of the same things, compared. */
final class Differences {
  private Differences() {}

  /**
   * Adds one sentence for each difference.
   *
   * @param source description by name
   */
  static void between(Map<String, String> source, Map<String, String> target, List<String> found) {
    TreeSet<String> names = new TreeSet<>(source.keySet());
    names.addAll(target.keySet());
    for (String name : names) {
      String here = source.get(name);
      String there = target.get(name);
      if (here == null || there == null) {
        found.add(name + " is missing on the " + (here == null ? "source" : "target"));
      } else if (!here.equals(there)) {
        found.add(name + ": " + here + " on the source, " + there + " on the target");
      }
    }
  }
}

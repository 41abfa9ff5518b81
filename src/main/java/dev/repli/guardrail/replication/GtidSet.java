package dev.repli.guardrail.replication;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** MySQL's GTID sets: {@code uuid:1-5:7,uuid:tag:1-3}. */
final class GtidSet {
  private GtidSet() {}

  /** Origins of which the first set has more than the second, one sentence each. */
  static List<String> beyond(String set, String other) {
    Map<String, Long> theirs = newest(other);
    return newest(set).entrySet().stream()
        .filter(entry -> entry.getValue() > theirs.getOrDefault(entry.getKey(), 0L))
        .map(entry -> entry.getKey() + ":" + entry.getValue() + " is not in the writer's history")
        .sorted()
        .toList();
  }

  /** Whether it has tagged GTIDs, which MariaDB cannot read. */
  static boolean tagged(String set) {
    return newest(set).keySet().stream().anyMatch(origin -> origin.contains(":"));
  }

  /** Newest number by origin, with its tag where it has one. */
  private static Map<String, Long> newest(String set) {
    Map<String, Long> newest = new TreeMap<>();
    for (String origin : set.replaceAll("\\s", "").split(",", -1)) {
      String[] parts = origin.split(":", -1);
      String name = parts[0];
      for (int i = 1; i < parts.length; i++) {
        if (Character.isDigit(parts[i].charAt(0))) {
          long last = Long.parseLong(parts[i].replaceFirst(".*-", ""));
          newest.merge(name, last, Math::max);
        } else {
          name = parts[0] + ":" + parts[i];
        }
      }
    }
    return newest;
  }
}

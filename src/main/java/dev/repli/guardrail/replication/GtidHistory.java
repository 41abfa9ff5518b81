package dev.repli.guardrail.replication;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * MariaDB's {@code gtid_binlog_state}: the newest sequence number of each domain and server.
 *
 * @param newest by {@code domain-server}
 */
record GtidHistory(Map<String, Long> newest) {
  GtidHistory {
    newest = Map.copyOf(newest);
  }

  /**
   * @throws IllegalArgumentException when it is not of that form
   */
  static GtidHistory of(String text) {
    Map<String, Long> newest = new TreeMap<>();
    for (String gtid : text.split(",", -1)) {
      if (gtid.isBlank()) {
        continue;
      }
      String[] parts = gtid.strip().split("-", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException("not a GTID of MariaDB: " + gtid);
      }
      newest.merge(parts[0] + "-" + parts[1], Long.parseLong(parts[2]), Math::max);
    }
    return new GtidHistory(newest);
  }

  /** What this history has and the other lacks, one sentence each. */
  List<String> beyond(GtidHistory other) {
    return newest.entrySet().stream()
        .filter(entry -> entry.getValue() > other.newest.getOrDefault(entry.getKey(), 0L))
        .map(
            entry ->
                "%s-%d is not in the writer's history, which ends at %s"
                    .formatted(
                        entry.getKey(),
                        entry.getValue(),
                        Optional.ofNullable(other.newest.get(entry.getKey()))
                            .map(number -> entry.getKey() + "-" + number)
                            .orElse("nothing of that server")))
        .sorted()
        .toList();
  }

  /** Domains in it. */
  List<String> domains() {
    return newest.keySet().stream()
        .map(key -> key.replaceAll("-.*", ""))
        .distinct()
        .sorted()
        .toList();
  }
}

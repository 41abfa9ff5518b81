package dev.repli.delta;

import dev.repli.database.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares points of one server's history. */
public final class Positions {
  private Positions() {}

  /**
   * Whether everything up to the other position is also before this one. On MariaDB the last number
   * of each domain counts, since one server's history has them in order.
   *
   * @throws IllegalArgumentException when they are of different kinds, or none of their kind
   */
  public static boolean covers(Position position, Position other) {
    if (position.kind() != other.kind()) {
      throw new IllegalArgumentException(position + " and " + other + " cannot be compared");
    }
    return switch (position.kind()) {
      case MARIADB_GTID -> coversDomains(domains(position), domains(other));
      case MYSQL_GTID_SET -> coversSets(intervals(position), intervals(other));
      case BINLOG_FILE -> FILES.compare(position.value(), other.value()) >= 0;
    };
  }

  private static boolean coversDomains(Map<String, Long> all, Map<String, Long> some) {
    return some.entrySet().stream()
        .allMatch(
            last ->
                all.containsKey(last.getKey())
                    && Long.compareUnsigned(all.get(last.getKey()), last.getValue()) >= 0);
  }

  private static Map<String, Long> domains(Position position) {
    Map<String, Long> domains = new HashMap<>();
    for (String gtid : parts(position)) {
      String[] parts = gtid.split("-", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException("no GTID: " + gtid);
      }
      domains.put(parts[0], Long.parseUnsignedLong(parts[2]));
    }
    return domains;
  }

  /** Transactions of one server without a gap between them. */
  private record Interval(long first, long last) {}

  private static boolean coversSets(
      Map<String, List<Interval>> all, Map<String, List<Interval>> some) {
    return some.entrySet().stream()
        .allMatch(
            server ->
                server.getValue().stream()
                    .allMatch(
                        wanted ->
                            all.getOrDefault(server.getKey(), List.of()).stream()
                                .anyMatch(
                                    has -> has.first <= wanted.first && has.last >= wanted.last)));
  }

  private static Map<String, List<Interval>> intervals(Position position) {
    Map<String, List<Interval>> servers = new HashMap<>();
    for (String set : parts(position)) {
      String[] parts = set.split(":", -1);
      List<Interval> own = servers.computeIfAbsent(parts[0], server -> new ArrayList<>());
      for (int i = 1; i < parts.length; i++) {
        String[] ends = parts[i].split("-", -1);
        own.add(new Interval(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1])));
      }
    }
    return servers;
  }

  private static List<String> parts(Position position) {
    return List.of(position.value().split(",", -1)).stream()
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /** {@code name.000123:4711}; a longer number is a later file. */
  private static final Comparator<String> FILES =
      Comparator.comparing((String place) -> place.substring(0, place.lastIndexOf(':')).length())
          .thenComparing(place -> place.substring(0, place.lastIndexOf(':')))
          .thenComparing(place -> Long.valueOf(place.substring(place.lastIndexOf(':') + 1)));
}

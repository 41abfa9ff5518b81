package dev.repli.inplace;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Lists of GTIDs as MariaDB writes them: {@code domain-server-sequence}, separated by commas. */
final class Gtids {
  private Gtids() {}

  static boolean same(String one, String other) {
    return parts(one).equals(parts(other));
  }

  private static Set<String> parts(String gtids) {
    Set<String> parts = new TreeSet<>(Arrays.asList(gtids.split(",", -1)));
    parts.remove("");
    return parts;
  }

  /**
   * Where a server stands whose binary log began at a position: in each domain its own last
   * transaction, else the one it began at.
   */
  static String over(String begun, String own) {
    Map<String, String> last = new TreeMap<>();
    for (String list : List.of(begun, own)) {
      parts(list).forEach(gtid -> last.put(gtid.substring(0, gtid.indexOf('-')), gtid));
    }
    return String.join(",", last.values());
  }

  /** What of a later position is not in an earlier one: the domains that have moved. */
  static String moved(String from, String to) {
    Set<String> moved = parts(to);
    moved.removeAll(parts(from));
    return String.join(",", moved);
  }

  /** Transactions from one position to a later one. */
  static long between(String from, String to) {
    Map<String, Long> before = sequences(from);
    return sequences(to).entrySet().stream()
        .mapToLong(
            domain -> Math.max(0, domain.getValue() - before.getOrDefault(domain.getKey(), 0L)))
        .sum();
  }

  private static Map<String, Long> sequences(String gtids) {
    Map<String, Long> found = new TreeMap<>();
    for (String gtid : parts(gtids)) {
      found.merge(
          gtid.substring(0, gtid.indexOf('-')),
          Long.parseLong(gtid.substring(gtid.lastIndexOf('-') + 1)),
          Math::max);
    }
    return found;
  }
}

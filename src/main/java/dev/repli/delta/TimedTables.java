package dev.repli.delta;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What time columns can tell of a server's tables.
 *
 * @param timed tables whose rows can be found, parents before what refers to them
 * @param untimed the others by full name ({@code shop.*} for a schema that the account cannot see),
 *     and why; none of their changes can be found
 */
public record TimedTables(List<Timed> timed, Map<String, String> untimed) {
  private static final int MOST_NAMED = 30;

  public TimedTables {
    timed = List.copyOf(timed);
    untimed = java.util.Collections.unmodifiableMap(new TreeMap<>(untimed));
  }

  /**
   * A table with a time column.
   *
   * @param inUtc whether the server keeps the column in UTC (TIMESTAMP); a DATETIME is in whatever
   *     time zone the application wrote it
   */
  public record Timed(String schema, String table, String column, boolean inUtc) {
    public String fullName() {
      return schema + "." + table;
    }
  }

  /** {@code shop.orders (updated_at), …} */
  public String timedInWords() {
    return few(timed.stream().map(each -> each.fullName() + " (" + each.column() + ")").toList());
  }

  /** {@code shop.log, shop.seen (no time column), …}; {@code none} when there are none. */
  public String untimedInWords() {
    Map<String, List<String>> byReason =
        untimed.keySet().stream()
            .collect(Collectors.groupingBy(untimed::get, TreeMap::new, Collectors.toList()));
    return byReason.isEmpty()
        ? "none"
        : byReason.entrySet().stream()
            .map(each -> few(each.getValue()) + " (" + each.getKey() + ")")
            .collect(Collectors.joining(", "));
  }

  private static String few(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    int left = names.size() - MOST_NAMED;
    return left > 0 ? first + " and " + left + " more" : first;
  }
}

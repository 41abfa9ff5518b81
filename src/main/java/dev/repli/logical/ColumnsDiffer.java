package dev.repli.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tables of the target that are otherwise on the source: an import refuses their changes. */
final class ColumnsDiffer {
  private ColumnsDiffer() {}

  /**
   * Both by {@code schema.table}.
   *
   * @return what differs and what helps, by {@code schema.table} of the target
   */
  static Map<String, String> of(
      Map<String, List<String>> source, Map<String, List<String>> target) {
    Map<String, List<String>> here = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    here.putAll(source);
    Map<String, String> differing = new TreeMap<>();
    target.forEach(
        (table, there) -> {
          List<String> own = here.get(table);
          String why = own == null ? missing() : why(own, there);
          if (!why.isEmpty()) {
            differing.put(table, why);
          }
        });
    return differing;
  }

  private static String missing() {
    return "not on the source, or its import account may not see it";
  }

  private static String why(List<String> own, List<String> there) {
    List<String> parts = new ArrayList<>();
    List<String> lacking = without(there, own);
    if (!lacking.isEmpty()) {
      parts.add("lacks " + String.join(", ", lacking) + ", add as on the target");
    }
    List<String> more = without(own, there);
    if (!more.isEmpty()) {
      parts.add("has " + String.join(", ", more) + " that the target has not, take away first");
    }
    return String.join("; ", parts);
  }

  private static List<String> without(List<String> names, List<String> others) {
    Set<String> known =
        others.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return names.stream().filter(name -> !known.contains(name.toLowerCase(Locale.ROOT))).toList();
  }
}

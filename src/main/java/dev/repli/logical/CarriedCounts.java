package dev.repli.logical;

import dev.repli.delta.DeltaCounts;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.policy.TablePolicy;
import dev.repli.delta.policy.TablePolicy.Ask;
import dev.repli.delta.policy.TablePolicy.Decided;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.rollback.EvidenceTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts for people. */
final class CarriedCounts {
  private static final String HEAD =
      "| table | inserted | updated | deleted |%s\n|---|---:|---:|---:|%s\n";
  private static final String FOUND = " found by time |";

  /** What a form can show. */
  private static final int MOST_TABLES = 40;

  /** What the words about tables that are left take at most. */
  private static final int LEFT = 60;

  private static final DeltaCounts.Table NONE = new DeltaCounts.Table(0, 0, 0, 0);

  private CarriedCounts() {}

  static Map<String, DeltaCounts.Table> add(
      Map<String, DeltaCounts.Table> some, Map<String, DeltaCounts.Table> more) {
    Map<String, DeltaCounts.Table> all = new TreeMap<>(some);
    more.forEach(
        (name, rows) ->
            all.merge(
                name,
                rows,
                (one, other) ->
                    new DeltaCounts.Table(
                        one.inserts() + other.inserts(),
                        one.updates() + other.updates(),
                        one.deletes() + other.deletes(),
                        one.found() + other.found())));
    return all;
  }

  static long rows(Map<String, DeltaCounts.Table> tables) {
    return tables.values().stream()
        .mapToLong(rows -> rows.inserts() + rows.updates() + rows.deletes() + rows.found())
        .sum();
  }

  /**
   * A line for each table, those that people decide first, and how many are left.
   *
   * @param policies what is proposed for them; empty for a table without that column
   * @param room so many characters at most
   */
  static String table(
      Map<String, DeltaCounts.Table> tables, Map<String, TablePolicy> policies, int room) {
    boolean found = tables.values().stream().anyMatch(rows -> rows.found() > 0);
    String foundHead = found ? FOUND : "";
    String foundLine = found ? "---:|" : "";
    StringBuilder text =
        new StringBuilder(
            policies.isEmpty()
                ? HEAD.formatted(foundHead, foundLine)
                : HEAD.formatted(foundHead + " what happens |", foundLine + "---|"));
    List<String> names =
        tables.keySet().stream()
            .sorted(Comparator.comparing(name -> !asked(name, policies)))
            .toList();
    int shown = 0;
    for (String name : names) {
      String row = row(name, tables.getOrDefault(name, NONE), found, policies);
      boolean last = shown == names.size() - 1;
      if (shown == MOST_TABLES || text.length() + row.length() + (last ? 0 : LEFT) > room) {
        break;
      }
      text.append(row);
      shown++;
    }
    return text + left(names.subList(shown, names.size()), policies);
  }

  private static String row(
      String name, DeltaCounts.Table rows, boolean found, Map<String, TablePolicy> policies) {
    return "| %s | %d | %d | %d |%s%s\n"
        .formatted(
            EvidenceTable.plain(name),
            rows.inserts(),
            rows.updates(),
            rows.deletes(),
            found ? " " + rows.found() + " |" : "",
            policies.isEmpty() ? "" : words(policies.get(name)));
  }

  private static String left(List<String> names, Map<String, TablePolicy> policies) {
    if (names.isEmpty()) {
      return "";
    }
    long asked = names.stream().filter(name -> asked(name, policies)).count();
    return "\nand "
        + names.size()
        + " tables more"
        + (asked > 0 ? ", " + asked + " of which you decide" : "");
  }

  private static boolean asked(String table, Map<String, TablePolicy> policies) {
    return !policies.isEmpty() && !(policies.get(table) instanceof Decided);
  }

  private static String words(@Nullable TablePolicy policy) {
    if (policy instanceof Decided decided) {
      return " %s: %s |".formatted(what(decided.policy()), EvidenceTable.plain(decided.why()));
    }
    String why = policy instanceof Ask ask ? ask.why() : "nobody has said what";
    return " **you decide:** %s |".formatted(EvidenceTable.plain(why));
  }

  /** For people, without Markdown. */
  static String words(DeltaCounts.Table rows) {
    return "%d inserted, %d updated, %d deleted%s"
        .formatted(
            rows.inserts(),
            rows.updates(),
            rows.deletes(),
            rows.found() > 0 ? ", " + rows.found() + " found by time" : "");
  }

  static String what(Policy policy) {
    return switch (policy) {
      case ABANDON -> "abandoned";
      case EXPORT_IMPORT -> "imported";
      case RECONCILE -> "imported, both sides have written";
      case REVERSE_REPLICATION -> "travels by replication";
    };
  }

  /** For people, without Markdown. */
  static String what(TablePolicy policy) {
    return policy instanceof Decided decided
        ? what(decided.policy()) + ": " + decided.why()
        : "people decide: " + (policy instanceof Ask ask ? ask.why() : "nobody has said what");
  }

  static String words(ImportCounts counts) {
    return "%d changes: %d applied, %d already there, %d abandoned, %d held for people"
        .formatted(
            counts.extracted(),
            counts.applied(),
            counts.alreadyThere(),
            counts.abandoned(),
            counts.held());
  }
}

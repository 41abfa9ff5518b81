package dev.repli.logical;

import dev.repli.plan.DeltaRules.Policy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what people type for the tables that are left to them: a line {@code table = policy} for
 * each, or {@code * = policy} for those without a line.
 */
final class TableLines {
  /** For every table without a line. */
  static final String OTHERS = "*";

  /** What a process variable holds, less a little. */
  static final int LONGEST = 3_900;

  /** What a form begins with leaves room for policies in place of question marks. */
  static final int ROOM = 2_500;

  private static final String POLICIES = "abandon, export-import or reconcile";
  private static final int MOST_WRONG = 5;
  private static final int MOST_NAMED = 10;
  private static final int SHOWN = 80;

  private final AskedTables asked;
  private final Set<String> decided;
  private final Map<String, String> known = new HashMap<>();
  private final Map<String, Integer> lineOf = new HashMap<>();
  private final Map<String, Policy> policies = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();

  private TableLines(AskedTables asked, Set<String> decided) {
    this.asked = asked;
    this.decided = decided;
    asked.facts().keySet().forEach(table -> known.put(name(table), table));
  }

  /** What was read. */
  sealed interface Read {
    /** One for each table that is left to people. */
    record Policies(Map<String, Policy> byTable) implements Read {
      public Policies {
        byTable = Map.copyOf(byTable);
      }
    }

    /** Which lines are wrong, how, and which are missing. */
    record Wrong(String why) implements Read {}
  }

  /**
   * @param decided tables of the delta that are not left to people
   */
  static Read read(String text, AskedTables asked, Set<String> decided) {
    if (text.length() > LONGEST) {
      return new Read.Wrong(
          "has %d characters; at most %d characters are kept: write '%s = policy' for all tables that get the same"
              .formatted(text.length(), LONGEST, OTHERS));
    }
    return new TableLines(asked, decided).read(text);
  }

  /** As it stands on one line. */
  static String name(String table) {
    return table.replaceAll("\\s+", " ").strip();
  }

  private Read read(String text) {
    List<String> lines = text.lines().toList();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (!line.isEmpty()) {
        read(number, line);
      }
    }
    Map<String, Policy> byTable = new TreeMap<>();
    List<String> missing = new ArrayList<>();
    for (String table : asked.facts().keySet()) {
      Optional.ofNullable(policies.getOrDefault(name(table), policies.get(OTHERS)))
          .ifPresent(policy -> byTable.put(table, policy));
      if (!lineOf.containsKey(name(table)) && !lineOf.containsKey(OTHERS)) {
        missing.add(name(table));
      }
    }
    if (!missing.isEmpty()) {
      wrong.add(missing(missing));
    }
    return wrong.isEmpty() ? new Read.Policies(byTable) : new Read.Wrong(few(wrong));
  }

  private void read(int number, String line) {
    int split = line.lastIndexOf('=');
    String table = name(split < 0 ? "" : line.substring(0, split));
    if (table.isEmpty()) {
      wrong(number, line, "has to be: table = policy");
      return;
    }
    Integer before = lineOf.putIfAbsent(table, number);
    if (before != null) {
      wrong(number, line, "%s stands in line %d already: keep one".formatted(cut(table), before));
      return;
    }
    if (!table.equals(OTHERS) && !known.containsKey(table)) {
      wrong(number, line, stranger(table));
      return;
    }
    String word = line.substring(split + 1).strip();
    policy(word)
        .ifPresentOrElse(
            policy -> policies.put(table, policy), () -> wrong(number, line, noPolicy(word)));
  }

  private static Optional<Policy> policy(String word) {
    return switch (canonical(word)) {
      case "abandon" -> Optional.of(Policy.ABANDON);
      case "export-import" -> Optional.of(Policy.EXPORT_IMPORT);
      case "reconcile" -> Optional.of(Policy.RECONCILE);
      default -> Optional.empty();
    };
  }

  private static String canonical(String word) {
    return word.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String noPolicy(String word) {
    if (word.isEmpty()) {
      return "write " + POLICIES + " behind the =";
    }
    if (word.equals("?")) {
      return "write " + POLICIES + " instead of ?";
    }
    return canonical(word).equals("reverse-replication")
        ? "nothing travels by replication during an import; write " + POLICIES
        : "'%s' is no policy; write %s".formatted(cut(word), POLICIES);
  }

  private String stranger(String table) {
    if (decided.contains(table)) {
      return cut(table)
          + " is decided by the plan or the decision table, not left to you: delete the line";
    }
    return "no table %s is left to you; %s"
        .formatted(
            cut(table), known.isEmpty() ? "none is" : "those are " + names(asked.facts().keySet()));
  }

  private static String missing(List<String> tables) {
    return "%s %s no line: add one with = and %s, or '%s = export-import' for all that have none"
        .formatted(names(tables), tables.size() == 1 ? "has" : "have", POLICIES, OTHERS);
  }

  private static String names(Collection<String> tables) {
    String named =
        String.join(", ", tables.stream().limit(MOST_NAMED).map(TableLines::cut).toList());
    int left = tables.size() - MOST_NAMED;
    return left > 0 ? named + " and " + left + " more" : named;
  }

  private void wrong(int number, String line, String why) {
    wrong.add("line %d '%s': %s".formatted(number, cut(line), why));
  }

  private static String few(List<String> wrong) {
    String said = String.join("; ", wrong.subList(0, Math.min(wrong.size(), MOST_WRONG)));
    int left = wrong.size() - MOST_WRONG;
    return left > 0 ? said + "; and " + left + " more" : said;
  }

  private static String cut(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN - 1) + "…" : text;
  }
}

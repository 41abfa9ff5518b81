package dev.repli.logical;

import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.plan.DeltaRules;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.rollback.EvidenceTable;
import dev.repli.run.RunKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What people chose for the delta of a run. Stands in the journal, where import and switch find it.
 *
 * @param tables what they said of those that were left to them; empty where nothing is imported
 */
public record ChosenDelta(DeltaChoice choice, SortedMap<String, Policy> tables) {
  private static final String CHOSEN = "DELTA_CHOSEN";
  private static final String TABLE_CHOSEN = "DELTA_TABLE_CHOSEN";

  /** Beside names of tables, which have a dot. */
  private static final String CHOICE = "choice";

  /** The line about those that have no room. */
  private static final int LEFT = 100;

  public ChosenDelta(DeltaChoice choice, Map<String, Policy> tables) {
    this(choice, new TreeMap<>(tables));
  }

  public ChosenDelta {
    tables = Collections.unmodifiableSortedMap(tables);
  }

  /** Empty before anybody chose. */
  static Optional<ChosenDelta> of(Journal journal, RunKey run) {
    return journal
        .newestMilestone(run, CHOSEN)
        .flatMap(
            entry ->
                entry.evidence() instanceof Milestone chosen
                    ? Optional.of(of(chosen.facts()))
                    : Optional.empty());
  }

  private static ChosenDelta of(Map<String, String> facts) {
    Map<String, String> tables = new HashMap<>(facts);
    DeltaChoice choice = DeltaChoice.valueOf(String.valueOf(tables.remove(CHOICE)));
    SortedMap<String, Policy> policies = new TreeMap<>();
    tables.forEach((table, policy) -> policies.put(table, Policy.valueOf(policy)));
    return new ChosenDelta(choice, policies);
  }

  /**
   * From now on the run's changes are treated so.
   *
   * @param asked what people were shown of the tables
   */
  public void keep(Journal journal, RunKey run, AskedTables asked) {
    List<Evidence> evidence = new ArrayList<>();
    tables.forEach((table, policy) -> evidence.add(tableChosen(table, policy, asked)));
    Map<String, String> facts = new HashMap<>(Map.of(CHOICE, choice.name()));
    tables.forEach((table, policy) -> facts.put(table, policy.name()));
    evidence.add(
        new Milestone(
            CHOSEN, "Changes since the cutover: " + choice.name().toLowerCase(Locale.ROOT), facts));
    journal.appendAll(run, evidence);
  }

  private static Milestone tableChosen(String table, Policy policy, AskedTables asked) {
    String facts = asked.facts().getOrDefault(table, "");
    return new Milestone(
        TABLE_CHOSEN,
        "%s: %s, as people chose (%s)".formatted(table, CarriedCounts.what(policy), facts),
        Map.of("table", table, "policy", policy.name(), "facts", facts));
  }

  /** One table that is given up; empty when none is by itself. */
  public Optional<String> abandoned() {
    return tables.entrySet().stream()
        .filter(table -> table.getValue() == Policy.ABANDON)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** For every table that {@link #policies} does not name. */
  Policy others() {
    return choice.others();
  }

  /**
   * By table.
   *
   * @param plan what was decided beforehand
   * @param decided what the decision table said before people chose
   */
  Map<String, Policy> policies(DeltaRules plan, Map<String, Policy> decided) {
    Map<String, Policy> policies = choice.policies(plan, decided);
    policies.putAll(tables);
    return policies;
  }

  /** What two people have to approve, as Markdown; empty when nothing is abandoned. */
  public String loss(AskedTables asked) {
    if (choice == DeltaChoice.ABANDON) {
      return "The changes of all tables since the cutover are abandoned: they stay in the files of"
          + " the delta and nowhere else.";
    }
    long abandoned = tables.values().stream().filter(Policy.ABANDON::equals).count();
    return abandoned == 0
        ? ""
        : ("The changes of %d %s are abandoned: they stay in the files of the delta and nowhere"
                + " else. Of the tables that were left to people:\n\n%s")
            .formatted(abandoned, abandoned == 1 ? "table" : "tables", list(asked));
  }

  /** What is lost comes first. */
  private String list(AskedTables asked) {
    List<String> names =
        tables.keySet().stream()
            .sorted(Comparator.comparing(table -> tables.get(table) != Policy.ABANDON))
            .toList();
    StringBuilder list = new StringBuilder();
    for (int shown = 0; shown < names.size(); shown++) {
      String line = line(names.get(shown), asked);
      if (list.length() + line.length() + 3 * LEFT > EvidenceTable.LIMIT) {
        return list
            + "\nand %d tables more: %s in the journal"
                .formatted(names.size() - shown, TABLE_CHOSEN);
      }
      list.append(line);
    }
    return list.toString();
  }

  private String line(String table, AskedTables asked) {
    Policy policy = tables.getOrDefault(table, others());
    String mark = policy == Policy.ABANDON ? "**abandoned:**" : CarriedCounts.what(policy) + ":";
    String facts = asked.facts().getOrDefault(table, "");
    String behind = facts.isEmpty() ? "" : " (" + facts + ")";
    return "- %s %s\n".formatted(mark, EvidenceTable.plain(table + behind));
  }
}

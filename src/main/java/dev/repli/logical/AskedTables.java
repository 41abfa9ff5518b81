package dev.repli.logical;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tables of a delta that the decision table leaves to people. They stand in the journal, since no
 * process variable holds the names of all.
 *
 * @param facts by {@code schema.table}: how many changes, and why it is left to people; no Markdown
 */
public record AskedTables(SortedMap<String, String> facts) {
  public static final AskedTables NONE = new AskedTables(Map.of());

  private static final String ASKED = "DELTA_ASKED";
  private static final String UNANSWERED = " = ?";

  public AskedTables(Map<String, String> facts) {
    this(new TreeMap<>(facts));
  }

  public AskedTables {
    facts = Collections.unmodifiableSortedMap(facts);
  }

  /** As the newest look at the delta left them. */
  static AskedTables of(Journal journal, RunKey run) {
    return journal
        .newestMilestone(run, ASKED)
        .map(
            entry ->
                entry.evidence() instanceof Milestone asked ? new AskedTables(asked.facts()) : NONE)
        .orElse(NONE);
  }

  Milestone milestone() {
    return new Milestone(ASKED, "Tables that are left to people: " + facts.size(), facts);
  }

  /** What the text area begins with: a line for each table, and one for those without room. */
  public String form() {
    StringBuilder lines = new StringBuilder();
    String rest = TableLines.OTHERS + UNANSWERED;
    for (String table : facts.keySet()) {
      String line = TableLines.name(table) + UNANSWERED + "\n";
      if (lines.length() + line.length() + rest.length() > TableLines.ROOM) {
        return lines + rest;
      }
      lines.append(line);
    }
    return lines.toString().stripTrailing();
  }
}

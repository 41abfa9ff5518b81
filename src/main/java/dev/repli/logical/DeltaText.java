package dev.repli.logical;

import dev.repli.delta.DeltaCounts;
import dev.repli.delta.policy.TablePolicy;
import dev.repli.rollback.EvidenceTable;
import java.util.List;
import java.util.Map;

/**
 * A delta for people, in what one process variable holds. The table comes last, since it alone can
 * say what of it is left out.
 *
 * @param warnings what is missing, each shortened rather than that one or the table is hidden
 * @param before Markdown that is never shortened, at most 1500 characters, with its own end of
 *     paragraph
 * @param policies what is proposed for each table; empty for a table without that column
 */
record DeltaText(
    List<String> warnings,
    String before,
    Map<String, DeltaCounts.Table> tables,
    Map<String, TablePolicy> policies) {
  private static final int MOST_WARNINGS = 5;

  /** Of a table that does not fit at all; its first rows are those that people decide. */
  private static final int LEAST_TABLE = 1_500;

  /** All tables with shorter warnings; where not even that fits, long warnings and some tables. */
  String words() {
    String whole =
        EvidenceTable.fitting(
            longest -> head(longest) + CarriedCounts.table(tables, policies, EvidenceTable.LIMIT));
    return whole.length() <= EvidenceTable.LIMIT
        ? whole
        : EvidenceTable.fitting(longest -> withTableThatFits(head(longest)));
  }

  private String withTableThatFits(String head) {
    int room = Math.max(EvidenceTable.LIMIT - head.length(), LEAST_TABLE);
    return head + CarriedCounts.table(tables, policies, room);
  }

  private String head(int longest) {
    StringBuilder head = new StringBuilder();
    warnings.stream()
        .limit(MOST_WARNINGS)
        .forEach(
            warning ->
                head.append("**").append(EvidenceTable.plain(warning, longest)).append("**\n\n"));
    int left = warnings.size() - MOST_WARNINGS;
    if (left > 0) {
      head.append("and ").append(left).append(" more: see DELTA_INCOMPLETE in the journal\n\n");
    } else if (warnings.stream().anyMatch(warning -> warning.length() > longest)) {
      head.append("In full in the journal: DELTA_INCOMPLETE\n\n");
    }
    return head.append(before).toString();
  }
}

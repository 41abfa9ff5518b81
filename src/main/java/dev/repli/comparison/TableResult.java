package dev.repli.comparison;

import java.util.List;

/**
 * One table.
 *
 * @param method how it was compared
 * @param rows read on the writing node; 0 when only checksums of the whole table were
 * @param differences by key; at most {@link ComparisonLimits#listed}
 * @param more whether there are more differences than are listed
 * @param notes for people: what else is not the same, for example a collation, or why it is
 *     undecided
 */
public record TableResult(
    TableName table,
    Verdict verdict,
    Method method,
    long rows,
    List<RowDifference> differences,
    boolean more,
    List<String> notes) {
  public TableResult {
    differences = List.copyOf(differences);
    notes = List.copyOf(notes);
  }

  /** Ways to compare. */
  public enum Method {
    /** {@code CHECKSUM TABLE} on both nodes. */
    CHECKSUM,
    /** Ranges of the key, one after the other. */
    CHUNKS,
    /** The table as a whole: its key has no order that both nodes share, or it has none. */
    WHOLE,
    /** Not at all: see the notes. */
    NONE
  }

  static TableResult undecided(TableName table, String why) {
    return new TableResult(
        table, Verdict.UNDECIDED, Method.NONE, 0, List.of(), false, List.of(why));
  }

  static TableResult misshapen(TableName table, List<String> notes) {
    return new TableResult(table, Verdict.DIFFERENT, Method.NONE, 0, List.of(), false, notes);
  }
}

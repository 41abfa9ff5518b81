package dev.repli.comparison;

import dev.repli.plan.Node;
import dev.repli.plan.PlanId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a comparison found.
 *
 * @param endedAt when the last table was looked at
 */
public record ComparisonResult(
    ComparisonId id,
    PlanId plan,
    Node.Role from,
    Node.Role to,
    Instant startedAt,
    Instant endedAt,
    List<TableResult> tables) {
  /** Rows that were the same so long ago say nothing any more. */
  public static final Duration VALID = Duration.ofHours(24);

  public ComparisonResult {
    tables = List.copyOf(tables);
  }

  /** Different when one table is; else undecided when one is; no table at all is undecided, too. */
  public Verdict verdict() {
    if (has(Verdict.DIFFERENT)) {
      return Verdict.DIFFERENT;
    }
    return tables.isEmpty() || has(Verdict.UNDECIDED) ? Verdict.UNDECIDED : Verdict.EQUAL;
  }

  private boolean has(Verdict verdict) {
    return tables.stream().anyMatch(table -> table.verdict() == verdict);
  }

  /** Clean, and younger than {@link #VALID}. */
  public boolean proves(Instant now) {
    return isClean() && !now.isAfter(endedAt.plus(VALID));
  }

  public boolean isClean() {
    return verdict() == Verdict.EQUAL;
  }
}

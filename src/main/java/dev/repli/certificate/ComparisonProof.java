package dev.repli.certificate;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;

import dev.repli.comparison.ComparisonResult;
import dev.repli.comparison.TableComparison;
import dev.repli.plan.Node;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Words;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The newest comparison of the rows found no difference. It takes up to hours, so it is not made
 * here: none, or one older than a day, blocks a cutover, which makes one itself before. In the
 * rollback window it is under way.
 */
final class ComparisonProof implements Proof {
  private static final String WHERE = "comparison";
  private static final String WHAT = "the nodes hold the same rows";
  private final TableComparison comparisons;
  private final Clock clock;

  ComparisonProof(TableComparison comparisons, Clock clock) {
    this.comparisons = comparisons;
    this.clock = clock;
  }

  @Override
  public List<Finding> inspect(Situation now) {
    Node.Role from = now.writer();
    Optional<ComparisonResult> newest = comparisons.newest(now.plan().id(), from, from.other());
    boolean before = now.beforeCutover();
    return List.of(
        newest
            .map(result -> judge(result, before))
            .orElseGet(() -> old(before, "never compared in this direction")));
  }

  private static Finding old(boolean beforeCutover, String found) {
    return beforeCutover
        ? bad(WHAT, WHERE, found)
        : note(WHAT, WHERE, found + " since the cutover");
  }

  private Finding judge(ComparisonResult result, boolean beforeCutover) {
    String where = WHERE + " " + result.id();
    Duration age = Duration.between(result.endedAt(), clock.instant());
    String found = result.tables().size() + " tables, " + Words.of(age) + " ago";
    return switch (result.verdict()) {
      case DIFFERENT -> bad(WHAT, where, "rows differ in " + found);
      case UNDECIDED -> bad(WHAT, where, "undecided in " + found + "; compare again");
      case EQUAL ->
          result.proves(clock.instant())
              ? good(WHAT, where, "equal in " + found)
              : old(beforeCutover, "equal in " + found + ", which is more than a day");
    };
  }
}

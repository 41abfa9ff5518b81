package dev.repli.cutover;

import dev.repli.comparison.TableComparison.Progress;
import dev.repli.comparison.Verdict;

/** A comparison in words. */
final class RowWords {
  private RowWords() {}

  static String of(Verdict verdict) {
    return switch (verdict) {
      case EQUAL -> "the same";
      case DIFFERENT -> "rows differ";
      case UNDECIDED -> "undecided";
    };
  }

  static String of(Progress progress) {
    return "%d of %d tables, %d rows read, %d tables differ"
        .formatted(progress.decided(), progress.tables(), progress.rows(), progress.different());
  }
}

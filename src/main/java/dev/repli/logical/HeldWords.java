package dev.repli.logical;

import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportResult;

/** Tells people why so many changes are held, and what they can do. */
final class HeldWords {
  private static final String WHAT_TO_DO =
      " End this rollback. Then leave the target the writer; or start the rollback again and answer"
          + " Abandon on Choose delta policy (two people approve; the changes stay in files only);"
          + " or name the tables with most of them in delta.tables of the plan with policy abandon,"
          + " start the rollback again and answer Import";

  private HeldWords() {}

  /**
   * @param foundByTime whether the first changes of the delta were found by time columns
   */
  static String tooMany(ImportResult.TooManyHeld many, boolean foundByTime) {
    // what time columns find is one transaction: nothing of it stays when it is undone
    return foundByTime && many.counts().extracted() == 0
        ? byTime(many)
        : "%s changes are held since both sides changed their rows, %s were read: rows that wait are more than %d, and people cannot decide so many one by one. The last transaction is undone; the %s changes before it stay, and a next rollback goes on behind them.%s"
            .formatted(
                many.seen().held(),
                many.seen().extracted(),
                many.limit(),
                many.counts().extracted(),
                WHAT_TO_DO);
  }

  private static String byTime(ImportResult.TooManyHeld many) {
    ImportCounts seen = many.seen();
    return "time columns cannot be used for so many changed rows: of the first %d rows that they found, %d are on the source with other values. What these were before the target changed them is in no log any more, so people would have to decide each, and %d is the most that they can be asked for. Nothing of it was imported.%s"
        .formatted(seen.extracted(), seen.held(), many.limit(), WHAT_TO_DO);
  }
}

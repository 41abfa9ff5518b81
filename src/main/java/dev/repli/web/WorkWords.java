package dev.repli.web;

import dev.repli.journal.Shown;
import dev.repli.longwork.WorkProgress;
import dev.repli.rollback.Words;
import java.util.Locale;

/** How far a long work is, in one line: hours of work must not look like hours of nothing. */
final class WorkWords {
  private WorkWords() {}

  static String of(WorkProgress one) {
    WorkProgress.Amount amount = one.amount();
    String far =
        amount
            .percent()
            .map(
                percent ->
                    "%d of %d %s (%d %%)"
                        .formatted(amount.done(), amount.of(), amount.unit(), percent))
            .orElseGet(() -> (amount.done() == 0 ? "" : amount.done() + " ") + amount.unit());
    String rate =
        one.perSecond()
            .map(each -> String.format(Locale.ROOT, ", %.1f %s/s", each, amount.unit()))
            .orElse("");
    String left = one.remaining().map(rest -> ", about " + Words.of(rest) + " left").orElse("");
    String beat = ", last sign of life " + Shown.second(one.beatAt());
    return one.work() + ": " + far.strip() + rate + left + beat;
  }
}

package dev.repli.delta.conflict;

import dev.repli.run.RunKey;

/** Applies the rules of a run. */
public final class RunRules {
  private final CaseBook book;
  private final ConflictRules rules;
  private final ApplyRule apply;

  public RunRules(CaseBook book, ConflictRules rules, ApplyRule apply) {
    this.book = book;
    this.rules = rules;
    this.apply = apply;
  }

  /**
   * The next batch after the cursor.
   *
   * @throws IllegalStateException when the rule is not there, of another run, or not approved
   */
  public ApplyRule.Batch next(RunKey run, String rule, long cursor) {
    ConflictRule known =
        rules
            .find(rule)
            .filter(one -> one.run().equals(run))
            .orElseThrow(() -> new IllegalStateException("run " + run + " has no rule " + rule));
    ConflictCase about =
        book.of(run)
            .orElseThrow(
                () -> new IllegalStateException("run " + run + " has nothing to decide about"));
    return apply.next(about, known, cursor);
  }
}

package dev.repli.plan;

/** What to do with a transaction that keeps the fence from closing. */
public enum BlockerPolicy {
  /** Wait inside the budget, then undo. */
  WAIT,
  /** End its session, named in the journal. */
  END
}

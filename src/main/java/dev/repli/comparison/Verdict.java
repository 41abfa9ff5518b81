package dev.repli.comparison;

/** What a comparison says. */
public enum Verdict {
  /** Every row is the same on both nodes. */
  EQUAL,
  /** Rows or columns differ, certainly. */
  DIFFERENT,
  /** It could not be found out; never to be taken for equal. */
  UNDECIDED
}

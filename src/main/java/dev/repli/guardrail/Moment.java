package dev.repli.guardrail;

/** When guardrails are asked. */
public enum Moment {
  /** Before the first change: all of them. */
  BEFORE,
  /** While the rollback window is open: those that are watched. */
  WINDOW
}

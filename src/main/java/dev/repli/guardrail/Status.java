package dev.repli.guardrail;

/** How a guardrail stands; the worst first. */
public enum Status {
  /** Does not hold and blocks, or could not be checked. */
  RED,
  /** Does not hold; an approval has to name it. */
  AMBER,
  /** Does not hold; the plan accepts that, with a reason and up to a day. */
  ACCEPTED,
  /** Does not hold yet; the run mends it. */
  MENDED,
  /** Holds. */
  GREEN
}

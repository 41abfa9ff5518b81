package dev.repli.guardrail;

/** What follows when a guardrail does not hold. */
public enum Severity {
  /** The change does not start. */
  BLOCKS("B"),
  /** An approval has to name it. */
  WARNS("W"),
  /** Repli mends it by itself in the run, and says so. */
  MENDS("F");

  private final String letter;

  Severity(String letter) {
    this.letter = letter;
  }

  public String letter() {
    return letter;
  }
}

package dev.repli.reads;

import dev.repli.plan.Plan;

/** What follows from people's answer. */
public final class DecideOnReads {
  private DecideOnReads() {}

  /** The answers of the form. */
  public enum Answer {
    HOLD_AGAIN,
    GO_ON,
    STEP_BACK,
    TO_ZERO
  }

  /**
   * What is done.
   *
   * @param done whether the last share was reached, and is good enough for people
   */
  public record Decision(int percent, boolean done) {}

  public static Decision decide(Plan plan, ReadsProgress at, Answer answer) {
    return switch (answer) {
      case HOLD_AGAIN -> new Decision(at.percent(), false);
      case GO_ON -> new Decision(at.next(plan.reads()), at.isLast(plan.reads()));
      case STEP_BACK -> new Decision(at.stepBack(plan.reads()), false);
      case TO_ZERO -> new Decision(0, false);
    };
  }
}

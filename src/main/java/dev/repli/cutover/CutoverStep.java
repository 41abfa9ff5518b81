package dev.repli.cutover;

import dev.repli.plan.Plan;
import java.time.Duration;
import java.util.Locale;

/** The steps of a cutover. */
public enum CutoverStep {
  DECISION("Read each finding; what is bad there names the node or route to look at."),
  DRAIN("See who writes for long on the source; only limits of the routes were changed."),
  SWITCH("See the journal for the phase that failed; the switch has undone itself."),
  VERIFICATION(
      "Clients on the source: find who connects past the routes. Events: enable them on the target."
          + " The way back: see the replication threads on the source."),
  WATCH("Read each finding; a way back that is closing is worth more than a quiet night."),
  RETURN("See in the journal who accepts writes and what the switch back failed at."),
  UNDO("Open the source by hand: SET GLOBAL read_only = OFF; then see that the routes lead to it.");

  private final String hint;

  CutoverStep(String hint) {
    this.hint = hint;
  }

  /** What people try first when the step fails. */
  public String hint() {
    return hint;
  }

  /** For people and variables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Expected duration; longer marks the run late. */
  public Duration limit(Plan plan) {
    return switch (this) {
      case DECISION -> plan.steps().assessment();
      case DRAIN -> plan.steps().announcement().plus(plan.cutover().drain());
      case SWITCH, RETURN -> plan.steps().execution();
      case VERIFICATION -> plan.steps().verification().plus(plan.cutover().clientGrace());
      case WATCH -> plan.rollbackWindow();
      case UNDO -> plan.steps().verification();
    };
  }

  /** Only what was read back can be skipped: the writer has moved by then. */
  public boolean skippable(Plan plan) {
    return this == VERIFICATION && plan.steps().skippable().contains(word());
  }
}

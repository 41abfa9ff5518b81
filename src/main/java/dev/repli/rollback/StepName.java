package dev.repli.rollback;

import dev.repli.plan.Plan;
import java.time.Duration;
import java.util.Locale;

/** The six timed steps. */
public enum StepName {
  ASSESSMENT("Read each finding; what is bad there names the node or route to look at."),
  ANNOUNCEMENT("See that the journal can be written; nothing was changed yet."),
  EXECUTION(
      "The rollback does not start: see the permissions of Repli's account, the replication threads"
          + " on the source, and the disk space of both nodes."),
  VERIFICATION(
      "Data missing: recover the delta from the target's binary log. Clients on the old node: see"
          + " the routes and end their sessions."),
  VALIDATION(
      "Applications do not reconnect: see their connection pools and which node they are connected"
          + " to, then restart them."),
  CLOSING("See that the journal can be written; the rollback itself is done.");

  private final String hint;

  StepName(String hint) {
    this.hint = hint;
  }

  /** What people try first when the step fails. */
  public String hint() {
    return hint;
  }

  /** As a plan spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Expected duration; longer marks the run late. */
  public Duration limit(Plan plan) {
    return switch (this) {
      case ASSESSMENT -> plan.steps().assessment();
      case ANNOUNCEMENT -> plan.steps().announcement();
      case EXECUTION -> plan.steps().execution();
      case VERIFICATION -> plan.steps().verification();
      case VALIDATION -> plan.steps().validation();
      case CLOSING -> plan.steps().closing();
    };
  }

  /** Moving the writer is the rollback itself: no plan can skip it. */
  public boolean skippable(Plan plan) {
    return this != EXECUTION && plan.steps().skippable().contains(word());
  }
}

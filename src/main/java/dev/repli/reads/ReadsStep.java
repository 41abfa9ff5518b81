package dev.repli.reads;

import dev.repli.plan.Plan;
import dev.repli.plan.ReadRules;
import java.time.Duration;
import java.util.Locale;

/** The steps of moving reads. */
public enum ReadsStep {
  PREPARATION("Read each finding; what is bad there names the node or route to look at."),
  MOVE(
      "See what the route said. Try again once it answers, or go back: the weights are then as"
          + " they were before this run."),
  PROOF(
      "Reads are not answered where the weights send them: look for readers that are down, and for"
          + " rules of the route that send reads past its readers."),
  RESTORE("Set the weights by hand as the journal's milestone READS_BEFORE says.");

  private static final int SLACK = 2;
  private final String hint;

  ReadsStep(String hint) {
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

  /** Expected duration; longer marks the run late. One step back and again is expected. */
  public Duration limit(Plan plan) {
    ReadRules reads = plan.reads();
    return switch (this) {
      case PREPARATION -> plan.steps().assessment().plus(reads.probe().baseline());
      case MOVE -> reads.hold().multipliedBy((long) reads.steps().size() + SLACK);
      case PROOF -> plan.steps().verification().plus(reads.probe().window());
      case RESTORE -> plan.steps().verification();
    };
  }

  /** Only the proof: reads have moved by then, and were judged for as long as they were held. */
  public boolean skippable(Plan plan) {
    return this == PROOF && plan.steps().skippable().contains("verification");
  }
}

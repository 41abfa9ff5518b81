package dev.repli.incident;

import dev.repli.plan.PlanId;
import dev.repli.run.Runs.Run;

/** What became of a report. */
public sealed interface Intake {

  /** It started this run. */
  record Started(Run run) implements Intake {}

  /** It belongs to this run, which was there already. */
  record Folded(Run run, Effect effect) implements Intake {}

  /** What a report about a known incident added. */
  enum Effect {
    /** The same report again: nothing. */
    REPEATED,
    /** Other facts: an entry in the journal. */
    UPDATED,
    /** Other facts shortly after the last update: nothing, so that a flood cannot fill it. */
    TOO_SOON,
    /** Another incident of a plan whose triage goes on: an entry in its journal. */
    JOINED,
    /** The end of the incident: an entry in the journal. */
    RESOLVED
  }

  /** Resolved, and no run was ever started for it: nothing to do. */
  record NothingToStart() implements Intake {}

  /** No plan has this id. */
  record UnknownPlan(PlanId plan) implements Intake {}

  /** Another run of the plan is active; nothing was started. */
  record PlanBusy(Run run) implements Intake {}

  /** It contradicts what is known of the incident: why; nothing was changed. */
  record Contradiction(Run run, String why) implements Intake {}
}

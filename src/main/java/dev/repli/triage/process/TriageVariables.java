package dev.repli.triage.process;

import dev.repli.criteria.Ruling.Outcome;
import dev.repli.engine.ProcessVariable;
import dev.repli.run.RunKey;
import dev.repli.triage.FollowRollback;
import dev.repli.triage.LookAtWayBack.Way;
import dev.repli.triage.TriageStep;
import dev.repli.triage.WeighIncident.Course;
import java.time.Duration;
import java.time.Instant;

/** Variables of the triage processes. What people answer is named in the forms. */
final class TriageVariables {
  // what the run was started with
  static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "the key of a run", RunKey::value, RunKey::new);
  static final ProcessVariable<String> INCIDENT_ID = ProcessVariable.text("incidentId");
  static final ProcessVariable<String> REQUESTED_BY = ProcessVariable.text("requestedBy");
  static final ProcessVariable<Boolean> DRY_RUN = ProcessVariable.flag("dryRun");
  static final ProcessVariable<String> SUMMARY = ProcessVariable.text("summary");
  static final ProcessVariable<String> SEVERITY = ProcessVariable.text("severity");
  static final ProcessVariable<String> METRICS = ProcessVariable.text("metrics");

  /** A triage only looks: other runs of the plan may start meanwhile. */
  static final ProcessVariable<Boolean> PLAN_RELEASED = ProcessVariable.flag("planReleased");

  // frozen when the run starts
  static final ProcessVariable<String> INCIDENT = ProcessVariable.text("incidentText");
  static final ProcessVariable<Duration> EVALUATE_EVERY = ProcessVariable.duration("evaluateEvery");

  static final ProcessVariable<Duration> FIX_LIMIT = ProcessVariable.duration("fixLimit");
  static final ProcessVariable<Duration> COUNTDOWN = ProcessVariable.duration("countdown");
  static final ProcessVariable<String> COUNTDOWN_TEXT = ProcessVariable.text("countdownText");

  /** When it ends, for people. */
  static final ProcessVariable<String> COUNTDOWN_ENDS = ProcessVariable.text("countdownEnds");

  // what the criteria say
  static final ProcessVariable<Outcome> VERDICT = ProcessVariable.choice("verdict", Outcome.class);
  static final ProcessVariable<Course> COURSE = ProcessVariable.choice("course", Course.class);

  /** Markdown, foreign text escaped. */
  static final ProcessVariable<String> VERDICT_TEXT = ProcessVariable.text("verdictText");

  /** Markdown, foreign text escaped. */
  static final ProcessVariable<String> EVIDENCE = ProcessVariable.text("evidence");

  static final ProcessVariable<Instant> GRACE_ENDS = ProcessVariable.instant("graceEnds");

  /** They stopped a rollback or rejected one: criteria start no other one. */
  static final ProcessVariable<Boolean> PEOPLE_DECIDE = ProcessVariable.flag("peopleDecide");

  /** Whether what was put off until office hours can still wait. */
  static final ProcessVariable<Boolean> CAN_WAIT = ProcessVariable.flag("canWait");

  // the rollback

  /** Who answered that it has to be rolled back; empty when the criteria said so. */
  static final ProcessVariable<String> ROLLBACK_ASKED_BY = ProcessVariable.text("rollbackAskedBy");

  static final ProcessVariable<Way> WAY = ProcessVariable.choice("way", Way.class);
  static final ProcessVariable<String> WAYS_BACK = ProcessVariable.text("waysBack");

  /** Counts the rollbacks of this incident, from 1. */
  static final ProcessVariable<Long> ATTEMPT = ProcessVariable.number("attempt");

  static final ProcessVariable<FollowRollback.State> ROLLBACK_STATE =
      ProcessVariable.choice("rollbackState", FollowRollback.State.class);

  // a step that failed
  static final ProcessVariable<TriageStep> STEP = ProcessVariable.choice("step", TriageStep.class);
  static final ProcessVariable<String> FAILED_STEP = ProcessVariable.text("failedStep");
  static final ProcessVariable<String> STEP_ERROR = ProcessVariable.text("stepError");
  static final ProcessVariable<String> STEP_HINT = ProcessVariable.text("stepHint");
  static final ProcessVariable<Boolean> STEP_SKIPPABLE = ProcessVariable.flag("stepSkippable");

  private TriageVariables() {}
}

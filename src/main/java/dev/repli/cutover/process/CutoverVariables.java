package dev.repli.cutover.process;

import dev.repli.cutover.CutoverStep;
import dev.repli.cutover.DrainSource;
import dev.repli.cutover.HuntClients;
import dev.repli.cutover.LookAtCutover;
import dev.repli.engine.ProcessVariable;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;

/** Variables of the cutover processes. What people answer is named in the forms. */
final class CutoverVariables {
  // what the run was started with
  static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "the key of a run", RunKey::value, RunKey::new);
  static final ProcessVariable<Boolean> DRY_RUN = ProcessVariable.flag("dryRun");
  static final ProcessVariable<String> SUMMARY = ProcessVariable.text("summary");

  // the run as a whole
  static final ProcessVariable<CutoverStep> CURRENT_STEP =
      ProcessVariable.choice("currentStep", CutoverStep.class);
  static final ProcessVariable<Boolean> LATE = ProcessVariable.flag("late");

  /** Another run of the plan may start: a rollback, while the cutover is only watched. */
  static final ProcessVariable<Boolean> PLAN_RELEASED = ProcessVariable.flag("planReleased");

  /**
   * What it is about; Markdown, foreign text escaped. The name is that of the failed step's form.
   */
  static final ProcessVariable<String> ABOUT = ProcessVariable.text("incidentText");

  /** Behind the names of tasks: {@code , blue to green}; empty where the plan names none. */
  static final ProcessVariable<String> ENVIRONMENTS = ProcessVariable.text("environments");

  // clocks of timers
  static final ProcessVariable<String> CERTIFICATE_EVERY = ProcessVariable.text("certificateEvery");
  static final ProcessVariable<Duration> COMPARISON_EVERY =
      ProcessVariable.duration("comparisonEvery");
  static final ProcessVariable<Duration> DRAIN_EVERY = ProcessVariable.duration("drainEvery");
  static final ProcessVariable<Duration> HUNT_EVERY = ProcessVariable.duration("huntEvery");
  static final ProcessVariable<Duration> LOOK_EVERY = ProcessVariable.duration("lookEvery");
  static final ProcessVariable<String> WINDOW_LOOK = ProcessVariable.text("windowLook");

  // what was found
  static final ProcessVariable<Boolean> GUARDRAILS_GREEN = ProcessVariable.flag("guardrailsGreen");
  static final ProcessVariable<Boolean> CERTIFICATE_GREEN =
      ProcessVariable.flag("certificateGreen");

  static final ProcessVariable<Boolean> ROWS_COMPARED = ProcessVariable.flag("rowsCompared");

  /** Id of the comparison that is under way; empty when none is. */
  static final ProcessVariable<String> COMPARISON = ProcessVariable.text("comparison");

  /** How far the comparison is, or what it found; foreign text escaped. */
  static final ProcessVariable<String> ROWS = ProcessVariable.text("rows");

  /** Markdown, foreign text escaped. */
  static final ProcessVariable<String> GUARDRAILS = ProcessVariable.text("guardrails");

  /** Guardrails that warn, which an approval has to name. */
  static final ProcessVariable<String> TO_BE_NAMED = ProcessVariable.text("guardrailsToName");

  static final ProcessVariable<String> CERTIFICATE = ProcessVariable.text("certificate");
  static final ProcessVariable<String> EVIDENCE = ProcessVariable.text("evidence");
  static final ProcessVariable<DrainSource.State> DRAIN_STATE =
      ProcessVariable.choice("drainState", DrainSource.State.class);
  static final ProcessVariable<Instant> DRAIN_DEADLINE = ProcessVariable.instant("drainDeadline");
  static final ProcessVariable<HuntClients.State> CLIENTS_STATE =
      ProcessVariable.choice("clientsState", HuntClients.State.class);
  static final ProcessVariable<Instant> CLIENTS_DEADLINE =
      ProcessVariable.instant("clientsDeadline");
  static final ProcessVariable<LookAtCutover.State> WATCH_STATE =
      ProcessVariable.choice("watchState", LookAtCutover.State.class);

  /** Read from the kept approvals at each look. */
  static final ProcessVariable<Boolean> PRE_APPROVED = ProcessVariable.flag("goingBackPreApproved");

  static final ProcessVariable<Instant> WATCH_END = ProcessVariable.instant("watchEnd");

  /** Empty text when nobody can say. */
  static final ProcessVariable<String> WRITER_AT = ProcessVariable.text("writerAt");

  // outcome of a step
  static final ProcessVariable<CutoverStep> STEP =
      ProcessVariable.choice("step", CutoverStep.class);
  static final ProcessVariable<Boolean> SUCCEEDED = ProcessVariable.flag("stepSucceeded");
  static final ProcessVariable<String> ERROR = ProcessVariable.text("stepError");
  static final ProcessVariable<String> HINT = ProcessVariable.text("stepHint");
  static final ProcessVariable<Boolean> SKIPPABLE = ProcessVariable.flag("stepSkippable");

  /** Expected duration of a step, frozen when the run starts. */
  static ProcessVariable<Duration> limitOf(CutoverStep step) {
    return ProcessVariable.duration(step.word() + "Limit");
  }

  private CutoverVariables() {}
}

package dev.repli.reads.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.reads.DecideOnReads;
import dev.repli.reads.LookAtReads;
import dev.repli.reads.MeasureBaseline;
import dev.repli.reads.ProveReads;
import dev.repli.reads.ReadsProgress;
import dev.repli.reads.ReadsStep;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.VariableScope;

/** Variables of the processes that move reads. What people answer is named in the forms. */
final class ReadsVariables {
  // what the run was started with
  static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "the key of a run", RunKey::value, RunKey::new);
  static final ProcessVariable<String> SUMMARY = ProcessVariable.text("summary");

  // the run as a whole
  static final ProcessVariable<ReadsStep> CURRENT_STEP =
      ProcessVariable.choice("currentStep", ReadsStep.class);
  static final ProcessVariable<Boolean> LATE = ProcessVariable.flag("late");

  /** Markdown, foreign text escaped. The name is that of the failed step's form. */
  static final ProcessVariable<String> ABOUT = ProcessVariable.text("incidentText");

  // clocks of timers
  static final ProcessVariable<Duration> LOOK_EVERY = ProcessVariable.duration("lookEvery");
  static final ProcessVariable<String> PAUSED_LOOK = ProcessVariable.text("pausedLook");

  // where reads are
  static final ProcessVariable<Long> PERCENT = ProcessVariable.number("readsPercent");
  static final ProcessVariable<Long> NEXT = ProcessVariable.number("readsNext");
  static final ProcessVariable<Instant> SINCE = ProcessVariable.instant("readsSince");
  static final ProcessVariable<Long> SETBACKS = ProcessVariable.number("readsSetbacks");

  // what was found
  static final ProcessVariable<Boolean> READY = ProcessVariable.flag("readsReady");
  static final ProcessVariable<MeasureBaseline.State> BASELINE_STATE =
      ProcessVariable.choice("baselineState", MeasureBaseline.State.class);
  static final ProcessVariable<LookAtReads.State> STATE =
      ProcessVariable.choice("readsState", LookAtReads.State.class);
  static final ProcessVariable<ProveReads.State> PROOF_STATE =
      ProcessVariable.choice("proofState", ProveReads.State.class);
  static final ProcessVariable<Instant> PROOF_DEADLINE = ProcessVariable.instant("proofDeadline");
  static final ProcessVariable<String> EVIDENCE = ProcessVariable.text("evidence");
  static final ProcessVariable<DecideOnReads.Answer> ANSWER =
      ProcessVariable.choice("readsAnswer", DecideOnReads.Answer.class);
  static final ProcessVariable<Boolean> DONE = ProcessVariable.flag("readsDone");

  // outcome of a step
  static final ProcessVariable<ReadsStep> STEP = ProcessVariable.choice("step", ReadsStep.class);
  static final ProcessVariable<Boolean> SUCCEEDED = ProcessVariable.flag("stepSucceeded");
  static final ProcessVariable<String> ERROR = ProcessVariable.text("stepError");
  static final ProcessVariable<String> HINT = ProcessVariable.text("stepHint");
  static final ProcessVariable<Boolean> SKIPPABLE = ProcessVariable.flag("stepSkippable");

  /** Expected duration of a step, frozen when the run starts. */
  static ProcessVariable<Duration> limitOf(ReadsStep step) {
    return ProcessVariable.duration(step.word() + "Limit");
  }

  static ReadsProgress progress(VariableScope scope) {
    return new ReadsProgress(
        Math.toIntExact(PERCENT.read(scope)),
        SINCE.read(scope),
        Math.toIntExact(SETBACKS.readOr(scope, 0L)));
  }

  private ReadsVariables() {}
}

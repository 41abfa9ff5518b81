package dev.repli.replication.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.replication.CopyMethod;
import dev.repli.replication.SetupStep;
import dev.repli.run.RunKey;
import java.time.Duration;

/** Variables of the set-up's process. What people answer is named in the forms. */
final class SetupVariables {
  // what the run was started with
  static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "the key of a run", RunKey::value, RunKey::new);
  static final ProcessVariable<Boolean> DRY_RUN = ProcessVariable.flag("dryRun");

  // what the checks found; Markdown, foreign text escaped
  static final ProcessVariable<String> TEXT = ProcessVariable.text("setupText");
  static final ProcessVariable<String> EVIDENCE = ProcessVariable.text("setupEvidence");
  static final ProcessVariable<CopyMethod> METHOD =
      ProcessVariable.choice("copyMethod", CopyMethod.class);
  static final ProcessVariable<String> METHOD_TEXT = ProcessVariable.text("copyMethodText");
  static final ProcessVariable<Duration> LIMIT = ProcessVariable.duration("setupLimit");

  /** People have confirmed it, and it may have changed something. */
  static final ProcessVariable<Boolean> BEGUN = ProcessVariable.flag("setupBegun");

  // outcome of a step
  static final ProcessVariable<SetupStep> STEP = ProcessVariable.choice("step", SetupStep.class);
  static final ProcessVariable<Boolean> SUCCEEDED = ProcessVariable.flag("stepSucceeded");
  static final ProcessVariable<String> ERROR = ProcessVariable.text("stepError");
  static final ProcessVariable<String> HINT = ProcessVariable.text("stepHint");

  /** For people: how far the copy or the catching up is. */
  static final ProcessVariable<String> PROGRESS = ProcessVariable.text("setupProgress");

  /** Until the next look at what goes on in the background. */
  static final ProcessVariable<Duration> PAUSE = ProcessVariable.duration("setupPause");

  static final ProcessVariable<Boolean> LATE = ProcessVariable.flag("late");

  private SetupVariables() {}
}

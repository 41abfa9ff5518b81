package dev.repli.rollback.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.rollback.Assessment.Loss;
import dev.repli.rollback.StepName;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.Locale;

/** Variables of the rollback processes. What people answer is named in the forms. */
final class RollbackVariables {
  // what the run was started with
  static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "the key of a run", RunKey::value, RunKey::new);
  static final ProcessVariable<String> INCIDENT_ID = ProcessVariable.text("incidentId");
  static final ProcessVariable<Boolean> DRY_RUN = ProcessVariable.flag("dryRun");
  static final ProcessVariable<String> SUMMARY = ProcessVariable.text("summary");
  static final ProcessVariable<String> SEVERITY = ProcessVariable.text("severity");
  static final ProcessVariable<String> METRICS = ProcessVariable.text("metrics");

  // the run as a whole
  static final ProcessVariable<StepName> CURRENT_STEP =
      ProcessVariable.choice("currentStep", StepName.class);
  static final ProcessVariable<Boolean> LATE = ProcessVariable.flag("late");

  /** Markdown, foreign text escaped. */
  static final ProcessVariable<String> INCIDENT = ProcessVariable.text("incidentText");

  /** Behind the names of tasks: {@code , green to blue}; empty where the plan names none. */
  static final ProcessVariable<String> WAY = ProcessVariable.text("way");

  static final ProcessVariable<String> JOURNEYS = ProcessVariable.text("journeys");

  // what the assessment found

  /** The way back that is proposed; its name in the decision table {@code RollbackStrategy}. */
  static final ProcessVariable<String> STRATEGY = ProcessVariable.text("strategy");

  static final String REPLICATION = "REPLICATION";
  static final String IN_PLACE = "IN_PLACE";

  /** The same for people. */
  static final ProcessVariable<String> STRATEGY_TEXT = ProcessVariable.text("strategyText");

  /** Why it can lose acknowledged writes; empty when it cannot. */
  static final ProcessVariable<String> STRATEGY_RISK = ProcessVariable.text("strategyRisk");

  /** How long it takes and what it loses, for people; empty when nobody can say. */
  static final ProcessVariable<String> STRATEGY_TAKES = ProcessVariable.text("strategyTakes");

  static final ProcessVariable<String> STRATEGY_LOSES = ProcessVariable.text("strategyLoses");

  static final ProcessVariable<Boolean> PRE_APPROVED = ProcessVariable.flag("rollbackPreApproved");
  static final ProcessVariable<Boolean> POSSIBLE = ProcessVariable.flag("rollbackPossible");
  static final ProcessVariable<Loss> LOSS = ProcessVariable.choice("loss", Loss.class);
  static final ProcessVariable<String> LOSS_TEXT = ProcessVariable.text("lossText");
  static final ProcessVariable<String> ESTIMATE = ProcessVariable.text("estimate");

  /** Markdown, foreign text escaped. */
  static final ProcessVariable<String> EVIDENCE = ProcessVariable.text("evidence");

  // outcome of a step
  static final ProcessVariable<StepName> STEP = ProcessVariable.choice("step", StepName.class);
  static final ProcessVariable<Boolean> SUCCEEDED = ProcessVariable.flag("stepSucceeded");
  static final ProcessVariable<String> ERROR = ProcessVariable.text("stepError");
  static final ProcessVariable<String> HINT = ProcessVariable.text("stepHint");
  static final ProcessVariable<Boolean> SKIPPABLE = ProcessVariable.flag("stepSkippable");

  static final ProcessVariable<Boolean> TARGET_FOLLOWS = ProcessVariable.flag("targetFollows");

  /** Empty text when nobody can say. */
  static final ProcessVariable<String> WRITER_AT = ProcessVariable.text("writerAt");

  /** Expected duration of a step, frozen when the run starts. */
  static ProcessVariable<Duration> limitOf(StepName step) {
    return ProcessVariable.duration(step.name().toLowerCase(Locale.ROOT) + "Limit");
  }

  private RollbackVariables() {}
}

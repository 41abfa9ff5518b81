package dev.repli.postmortem.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.postmortem.PostMortemStep;
import dev.repli.run.RunKey;
import java.time.Instant;
import java.util.List;

/** Variables of the post-mortem. What people write is named in the forms. */
final class PostMortemVariables {
  // what the run was started with
  static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "the key of a run", RunKey::value, RunKey::new);
  static final ProcessVariable<Boolean> DRY_RUN = ProcessVariable.flag("dryRun");

  /** What the post-mortem is about. */
  static final ProcessVariable<RunKey> ROLLBACK =
      ProcessVariable.typed("rollbackRun", "the key of a run", RunKey::value, RunKey::new);

  static final ProcessVariable<String> ROLLBACK_ENDED_AT = ProcessVariable.text("rollbackEndedAt");

  /** It only looks: other runs of the plan may start meanwhile. */
  static final ProcessVariable<Boolean> PLAN_RELEASED = ProcessVariable.flag("planReleased");

  // counted from the end of the rollback
  static final ProcessVariable<Instant> REMIND_AT = ProcessVariable.instant("remindAt");
  static final ProcessVariable<Instant> REMIND_AGAIN_AT = ProcessVariable.instant("remindAgainAt");
  static final ProcessVariable<Instant> DUE_AT = ProcessVariable.instant("dueAt");

  /** Markdown, foreign text escaped. */
  static final ProcessVariable<String> ABOUT = ProcessVariable.text("aboutRollback");

  /** Markdown. */
  static final String TIMES = "measuredTimes";

  // a step, as the form for failed ones shows it

  static final ProcessVariable<PostMortemStep> STEP =
      ProcessVariable.choice("step", PostMortemStep.class);
  static final ProcessVariable<Boolean> SUCCEEDED = ProcessVariable.flag("stepSucceeded");
  static final ProcessVariable<String> ERROR = ProcessVariable.text("stepError");
  static final ProcessVariable<String> HINT = ProcessVariable.text("stepHint");
  static final ProcessVariable<Boolean> SKIPPABLE = ProcessVariable.flag("stepSkippable");

  // what people write

  static final String ANSWER = "postMortemAnswer";
  static final String READY = "READY";
  static final String ACTIONS = "actionLines";
  static final List<String> WHYS = List.of("why1", "why2", "why3", "why4", "why5");
  static final String IMPACT = "impact";
  static final String WENT_WELL = "wentWell";
  static final String TO_IMPROVE = "toImprove";
  static final String LESSONS = "lessons";
  static final String NOTE = "postMortemReason";

  /** Who wrote it last: somebody else accepts it. */
  static final ProcessVariable<String> WRITTEN_BY = ProcessVariable.text("writtenBy");

  // actions, each in its own scope
  static final String ACTION_COUNT = "actionCount";
  static final ProcessVariable<Long> LOOP_COUNTER = ProcessVariable.number("loopCounter");
  static final ProcessVariable<Long> ACTION_PLACE = ProcessVariable.number("actionPlace");
  static final ProcessVariable<String> ACTION_OWNER = ProcessVariable.text("actionOwner");
  static final ProcessVariable<Instant> ACTION_DUE = ProcessVariable.instant("actionDue");

  /** Short, behind the name of the task. */
  static final ProcessVariable<String> ACTION_NAME = ProcessVariable.text("actionName");

  /** Markdown, foreign text escaped. */
  static final ProcessVariable<String> ACTION_TEXT = ProcessVariable.text("actionText");

  private PostMortemVariables() {}
}

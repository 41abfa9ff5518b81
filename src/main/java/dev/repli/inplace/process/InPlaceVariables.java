package dev.repli.inplace.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.run.RunKey;

/** Variables of the processes that go back in place. */
final class InPlaceVariables {
  // what the run was started with
  static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "the key of a run", RunKey::value, RunKey::new);

  /** What people have to type before anything is touched. */
  static final ProcessVariable<String> NODE = ProcessVariable.text("inPlaceNode");

  /** What will be done and lost: Markdown, foreign text escaped. */
  static final ProcessVariable<String> TEXT = ProcessVariable.text("inPlaceText");

  // what people chose
  static final ProcessVariable<String> ANSWER = ProcessVariable.text("inPlaceAnswer");
  static final ProcessVariable<String> END = ProcessVariable.text("inPlaceEnd");

  /** The answer, as the steps know it. */
  static final ProcessVariable<String> DELTA = ProcessVariable.text("inPlaceDelta");

  /** Where the recovery ends, in some words. */
  static final ProcessVariable<String> END_TEXT = ProcessVariable.text("inPlaceEndText");

  /** How long it takes, in some words. */
  static final ProcessVariable<String> TIME = ProcessVariable.text("inPlaceTime");

  /** What would be given up after a failed attempt: Markdown, foreign text escaped. */
  static final ProcessVariable<String> REST_TEXT = ProcessVariable.text("inPlaceRestText");

  static final ProcessVariable<Boolean> REST_KNOWN = ProcessVariable.flag("inPlaceRestKnown");

  static final ProcessVariable<String> STEP = ProcessVariable.text("inPlaceStep");
  static final ProcessVariable<Boolean> UNDOABLE = ProcessVariable.flag("inPlaceUndoable");

  // outcome of a step, as the task for failed steps shows it
  static final ProcessVariable<Boolean> SUCCEEDED = ProcessVariable.flag("stepSucceeded");
  static final ProcessVariable<String> ERROR = ProcessVariable.text("stepError");

  private InPlaceVariables() {}
}

package dev.repli.delta.process;

import dev.repli.delta.imports.ImportId;
import dev.repli.engine.ProcessVariable;
import dev.repli.run.RunKey;

/** Variables of the conflicts' process: ids and counts, never a value of a row. */
final class ConflictVariables {
  // what the process is called with, beside the plan
  static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "the key of a run", RunKey::value, RunKey::new);
  static final ProcessVariable<ImportId> IMPORT_ID =
      ProcessVariable.typed("importId", "the id of an import", ImportId::value, ImportId::new);

  // what was counted, in changes
  static final ProcessVariable<Long> OPEN = ProcessVariable.number("conflictsOpen");
  static final ProcessVariable<Long> RESOLVED = ProcessVariable.number("conflictsResolved");
  static final ProcessVariable<Long> DEAD_LETTERED =
      ProcessVariable.number("conflictsDeadLettered");

  /** Markdown, foreign text escaped. */
  static final ProcessVariable<String> TEXT = ProcessVariable.text("conflictsText");

  /** Empty when nothing went wrong. */
  static final ProcessVariable<String> PROBLEM = ProcessVariable.text("conflictsProblem");

  // the rule that was proposed last
  static final ProcessVariable<String> ANSWER = ProcessVariable.text("conflictsAnswer");
  static final ProcessVariable<String> REASON = ProcessVariable.text("conflictsReason");
  static final ProcessVariable<String> KIND = ProcessVariable.text("conflictRuleKind");
  static final ProcessVariable<String> TABLE = ProcessVariable.text("conflictRuleTable");
  static final ProcessVariable<String> COLUMN = ProcessVariable.text("conflictRuleColumn");
  static final ProcessVariable<String> RULE = ProcessVariable.text("conflictRuleId");

  /** Markdown, foreign text escaped. */
  static final ProcessVariable<String> RULE_TEXT = ProcessVariable.text("conflictRuleText");

  /** Up to where the rule has gone through. */
  static final ProcessVariable<Long> CURSOR = ProcessVariable.number("conflictsCursor");

  static final ProcessVariable<Boolean> MORE = ProcessVariable.flag("conflictsMore");

  private ConflictVariables() {}
}

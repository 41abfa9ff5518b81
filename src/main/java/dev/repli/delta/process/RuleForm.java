package dev.repli.delta.process;

import dev.repli.delta.conflict.ProposeRule;
import dev.repli.engine.ProcessVariable;
import dev.repli.engine.hardening.AnswerRule;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Refuses a rule that could decide nothing, whatever way the answer came. */
@Component
class RuleForm extends AnswerRule {
  static final String PROPOSES = "PROPOSE_RULE";
  private static final String TASK = "Task_ResolveConflicts";

  /** Asked for when needed: the engine itself needs the rules. */
  private final ObjectProvider<ProposeRule> rules;

  RuleForm(ObjectProvider<ProposeRule> rules) {
    this.rules = rules;
  }

  @Override
  protected Optional<String> refusal(Answer answer) {
    return TASK.equals(answer.task().getTaskDefinitionKey())
            && text(answer, ConflictVariables.ANSWER).equals(PROPOSES)
        ? rules
            .getObject()
            .refusal(
                ConflictVariables.RUN_KEY.read(answer.task().getExecution()),
                text(answer, ConflictVariables.KIND),
                text(answer, ConflictVariables.TABLE),
                text(answer, ConflictVariables.COLUMN))
        : Optional.empty();
  }

  private static String text(Answer answer, ProcessVariable<String> field) {
    return answer.text(field.name()).strip();
  }
}

package dev.repli.delta.process;

import dev.repli.database.NodeException;
import dev.repli.delta.conflict.ApplyRule.Batch;
import dev.repli.delta.conflict.RunRules;
import dev.repli.delta.imports.ImportException;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** One batch; the model comes back for the next one. */
@Component
class ApplyRuleDelegate implements JavaDelegate {
  private final RunRules rules;

  ApplyRuleDelegate(RunRules rules) {
    this.rules = rules;
  }

  @Override
  public void execute(DelegateExecution execution) {
    try {
      Batch batch =
          rules.next(
              ConflictVariables.RUN_KEY.read(execution),
              ConflictVariables.RULE.read(execution),
              ConflictVariables.CURSOR.read(execution));
      ConflictVariables.CURSOR.write(execution, batch.cursor());
      ConflictVariables.MORE.write(execution, batch.more());
    } catch (NodeException | ImportException e) {
      ConflictVariables.PROBLEM.write(
          execution, ConflictText.plain(String.valueOf(e.getMessage())));
      throw new BpmnError(ConflictErrors.CONFLICT_NODE_FAILED);
    }
  }
}

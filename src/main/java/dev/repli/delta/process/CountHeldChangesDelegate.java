package dev.repli.delta.process;

import dev.repli.database.NodeException;
import dev.repli.delta.conflict.CountConflicts;
import dev.repli.delta.conflict.CountConflicts.Counted;
import dev.repli.delta.imports.ImportException;
import dev.repli.engine.RunPlan;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CountHeldChangesDelegate implements JavaDelegate {
  private final CountConflicts conflicts;
  private final RunPlan plans;

  CountHeldChangesDelegate(CountConflicts conflicts, RunPlan plans) {
    this.conflicts = conflicts;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    ConflictVariables.TEXT.write(execution, ConflictVariables.TEXT.readOr(execution, ""));
    try {
      Counted counted =
          conflicts.count(
              plans.of(execution),
              ConflictVariables.RUN_KEY.read(execution),
              ConflictVariables.IMPORT_ID.read(execution));
      ConflictVariables.OPEN.write(execution, counted.sums().open());
      ConflictVariables.RESOLVED.write(execution, counted.sums().resolved());
      ConflictVariables.DEAD_LETTERED.write(execution, counted.sums().deadLettered());
      ConflictVariables.TEXT.write(execution, ConflictText.of(counted));
      ConflictVariables.PROBLEM.write(execution, "");
    } catch (NodeException | ImportException e) {
      ConflictVariables.PROBLEM.write(
          execution, ConflictText.plain(String.valueOf(e.getMessage())));
      throw new BpmnError(ConflictErrors.CONFLICT_NODE_FAILED);
    }
  }
}

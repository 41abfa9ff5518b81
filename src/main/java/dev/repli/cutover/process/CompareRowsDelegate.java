package dev.repli.cutover.process;

import static dev.repli.rollback.EvidenceTable.plain;

import dev.repli.cutover.CompareRows;
import dev.repli.engine.RunPlan;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class CompareRowsDelegate implements JavaDelegate {
  private final CompareRows rows;
  private final RunPlan plans;

  CompareRowsDelegate(CompareRows rows, RunPlan plans) {
    this.rows = rows;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    CompareRows.Compared compared =
        rows.advance(
            CutoverVariables.RUN_KEY.read(execution),
            plans.of(execution),
            CutoverVariables.COMPARISON.readOr(execution, ""),
            CutoverVariables.DRY_RUN.read(execution));
    CutoverVariables.ROWS_COMPARED.write(execution, compared.done());
    CutoverVariables.COMPARISON.write(execution, compared.comparison());
    CutoverVariables.ROWS.write(execution, plain(compared.text()));
  }
}

package dev.repli.rollback.process;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.FindWriter;
import dev.repli.rollback.StepName;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class FindWriterDelegate implements JavaDelegate {
  private final FindWriter writer;
  private final RunPlan plans;

  FindWriterDelegate(FindWriter writer, RunPlan plans) {
    this.writer = writer;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Plan plan = plans.of(execution);
    FindWriter.Answer answer = writer.find(plan);
    if (answer instanceof FindWriter.Known known) {
      RollbackVariables.WRITER_AT.write(execution, known.writer().name());
      StepOutcome.write(execution, StepName.EXECUTION, plan, true, "");
    } else if (answer instanceof FindWriter.Unknown unknown) {
      RollbackVariables.WRITER_AT.write(execution, "");
      StepOutcome.write(execution, StepName.EXECUTION, plan, false, unknown.why());
    }
  }
}

package dev.repli.cutover.process;

import dev.repli.cutover.CutoverStep;
import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.rollback.FindWriter;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class FindCutoverWriterDelegate implements JavaDelegate {
  private final FindWriter writer;
  private final RunPlan plans;

  FindCutoverWriterDelegate(FindWriter writer, RunPlan plans) {
    this.writer = writer;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Plan plan = plans.of(execution);
    FindWriter.Answer answer = writer.find(plan);
    boolean known = answer instanceof FindWriter.Known;
    String at = answer instanceof FindWriter.Known found ? found.writer().name() : "";
    String why = answer instanceof FindWriter.Unknown unknown ? unknown.why() : "";
    CutoverVariables.WRITER_AT.write(execution, at);
    StepResult.write(execution, CutoverStep.SWITCH, plan, known, why);
  }
}

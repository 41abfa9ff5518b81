package dev.repli.reads.process;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.reads.MoveReads;
import dev.repli.reads.ReadsStep;
import dev.repli.rollback.Findings;
import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The hold of a share begins when it is set, also when it was set before. */
@Component
class MoveReadsDelegate implements JavaDelegate {
  private final MoveReads reads;
  private final RunPlan plans;
  private final Clock clock;

  MoveReadsDelegate(MoveReads reads, RunPlan plans, ObjectProvider<Clock> clock) {
    this.reads = reads;
    this.plans = plans;
    this.clock = clock.getIfAvailable(Clock::systemUTC);
  }

  @Override
  public void execute(DelegateExecution execution) {
    Plan plan = plans.of(execution);
    long percent = ReadsVariables.NEXT.read(execution);
    Findings findings =
        reads.move(ReadsVariables.RUN_KEY.read(execution), plan, Math.toIntExact(percent));
    ReadsVariables.PERCENT.write(execution, percent);
    ReadsVariables.SINCE.write(execution, clock.instant());
    StepResult.write(execution, ReadsStep.MOVE, plan, findings.good(), findings.problems());
  }
}

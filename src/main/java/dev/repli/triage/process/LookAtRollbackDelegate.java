package dev.repli.triage.process;

import dev.repli.engine.RunPlan;
import dev.repli.run.RunKey;
import dev.repli.triage.CallDeciders;
import dev.repli.triage.FollowRollback;
import dev.repli.triage.TriageStep;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class LookAtRollbackDelegate implements JavaDelegate {
  private final FollowRollback rollbacks;
  private final CallDeciders deciders;
  private final RunPlan plans;
  private final TriageSteps steps;

  LookAtRollbackDelegate(
      FollowRollback rollbacks, CallDeciders deciders, RunPlan plans, TriageSteps steps) {
    this.deciders = deciders;
    this.rollbacks = rollbacks;
    this.plans = plans;
    this.steps = steps;
  }

  @Override
  public void execute(DelegateExecution execution) {
    steps.perform(execution, TriageStep.LOOK_AT_ROLLBACK, () -> perform(execution));
  }

  private void perform(DelegateExecution execution) {
    RunKey run = TriageVariables.RUN_KEY.read(execution);
    long attempt = TriageVariables.ATTEMPT.read(execution);
    FollowRollback.State state =
        rollbacks.look(run, FollowRollback.keyOf(run, attempt), plans.of(execution));
    deciders.callWhoIsDue(run, plans.of(execution));
    TriageVariables.ROLLBACK_STATE.write(execution, state);
    if (state == FollowRollback.State.ENDED) {
      TriageVariables.PEOPLE_DECIDE.write(execution, true);
      TriageVariables.ATTEMPT.write(execution, attempt + 1);
    }
  }
}

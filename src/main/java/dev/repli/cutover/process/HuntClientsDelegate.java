package dev.repli.cutover.process;

import dev.repli.cutover.HuntClients;
import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class HuntClientsDelegate implements JavaDelegate {
  private final HuntClients clients;
  private final RunPlan plans;

  HuntClientsDelegate(HuntClients clients, RunPlan plans) {
    this.clients = clients;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Plan plan = plans.of(execution);
    Instant deadline =
        CutoverVariables.CLIENTS_DEADLINE.find(execution).orElseGet(() -> clients.deadline(plan));
    CutoverVariables.CLIENTS_DEADLINE.write(execution, deadline);
    CutoverVariables.CLIENTS_STATE.write(
        execution, clients.look(CutoverVariables.RUN_KEY.read(execution), plan, deadline));
  }
}

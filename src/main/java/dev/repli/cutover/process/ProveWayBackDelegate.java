package dev.repli.cutover.process;

import dev.repli.certificate.Certificate;
import dev.repli.certificate.ProveWayBack;
import dev.repli.engine.RunPlan;
import dev.repli.rollback.EvidenceTable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

@Component
class ProveWayBackDelegate implements JavaDelegate {
  private final ProveWayBack wayBack;
  private final RunPlan plans;

  ProveWayBackDelegate(ProveWayBack wayBack, RunPlan plans) {
    this.wayBack = wayBack;
    this.plans = plans;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Certificate certificate =
        wayBack.prove(
            CutoverVariables.RUN_KEY.read(execution),
            plans.of(execution),
            CutoverVariables.DRY_RUN.read(execution));
    CutoverVariables.CERTIFICATE_GREEN.write(execution, certificate.green());
    CutoverVariables.CERTIFICATE.write(execution, EvidenceTable.of(certificate.findings()));
  }
}

package dev.repli.reads.process;

import dev.repli.reads.ReadsJournal;
import dev.repli.reads.ReadsStep;
import dev.repli.run.RunKey;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.springframework.stereotype.Component;

/** Notes when each step begins and ends. */
@Component
class ReadsClockListener implements ExecutionListener {
  private static final String STEP = "repli.step";
  private final ReadsJournal journal;

  ReadsClockListener(ReadsJournal journal) {
    this.journal = journal;
  }

  @Override
  public void notify(DelegateExecution execution) {
    ReadsStep step = step(execution.getBpmnModelElementInstance());
    RunKey run = ReadsVariables.RUN_KEY.read(execution);
    if (EVENTNAME_START.equals(execution.getEventName())) {
      ReadsVariables.CURRENT_STEP.write(execution, step);
      journal.begun(run, step, ReadsVariables.limitOf(step).read(execution));
    } else {
      journal.ended(run, step);
    }
  }

  private static ReadsStep step(BaseElement element) {
    return element
        .getExtensionElements()
        .getElementsQuery()
        .filterByType(CamundaProperties.class)
        .list()
        .stream()
        .flatMap(properties -> properties.getCamundaProperties().stream())
        .filter(property -> property.getCamundaName().equals(STEP))
        .map(property -> ReadsStep.valueOf(property.getCamundaValue()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the model lacks the property " + STEP));
  }
}

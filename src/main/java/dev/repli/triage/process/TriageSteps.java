package dev.repli.triage.process;

import dev.repli.engine.LastTry;
import dev.repli.engine.RunPlan;
import dev.repli.triage.CallDeciders;
import dev.repli.triage.TriageJournal;
import dev.repli.triage.TriageStep;
import java.time.Clock;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Steps of a triage: the engine tries each again, and after its last try people are asked. */
@Component
class TriageSteps {
  private static final Logger LOG = LoggerFactory.getLogger(TriageSteps.class);
  private final LastTry lastTry;
  private final TriageJournal journal;
  private final CallDeciders deciders;
  private final RunPlan plans;
  private final Clock clock;

  TriageSteps(
      LastTry lastTry,
      TriageJournal journal,
      CallDeciders deciders,
      RunPlan plans,
      ObjectProvider<Clock> clock) {
    this.lastTry = lastTry;
    this.journal = journal;
    this.deciders = deciders;
    this.plans = plans;
    this.clock = clock.getIfAvailable(Clock::systemUTC);
  }

  /**
   * @throws BpmnError {@link TriageErrors#STEP_FAILED} at the last try; the variables say what
   *     people are asked
   */
  void perform(DelegateExecution execution, TriageStep step, Runnable work) {
    if (!asksPeople(execution)) {
      work.run();
      return;
    }
    Optional<String> problem =
        lastTry
            .of(
                () -> {
                  work.run();
                  return true;
                })
            .problem();
    if (problem.isEmpty()) {
      return;
    }
    journal.stepFailed(
        TriageVariables.RUN_KEY.read(execution), step, problem.get(), clock.instant());
    callWhoIsDue(execution);
    TriageVariables.FAILED_STEP.write(execution, step.words());
    TriageVariables.STEP_ERROR.write(execution, problem.get());
    TriageVariables.STEP_HINT.write(execution, step.hint());
    TriageVariables.STEP_SKIPPABLE.write(execution, step.skippable());
    throw new BpmnError(TriageErrors.STEP_FAILED, problem.get());
  }

  /** Not in a triage that runs on a model from before: its failed jobs stand in Cockpit. */
  private static boolean asksPeople(DelegateExecution execution) {
    String step = execution.getCurrentActivityId();
    return execution.getBpmnModelInstance().getModelElementsByType(BoundaryEvent.class).stream()
        .filter(event -> event.getAttachedTo().getId().equals(step))
        .flatMap(event -> event.getEventDefinitions().stream())
        .anyMatch(ErrorEventDefinition.class::isInstance);
  }

  /** The clock of the decision goes on while the step that asks it cannot. */
  private void callWhoIsDue(DelegateExecution execution) {
    if (TriageVariables.DRY_RUN.read(execution)) {
      return;
    }
    try {
      deciders.callWhoIsDue(TriageVariables.RUN_KEY.read(execution), plans.of(execution));
    } catch (RuntimeException failure) {
      // they are asked at the next try; the question about the step comes first
      LOG.warn("nobody could be called about a failed step of a triage", failure);
    }
  }
}

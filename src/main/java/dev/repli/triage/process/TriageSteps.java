package dev.repli.triage.process;

import dev.repli.engine.LastTry;
import dev.repli.triage.TriageJournal;
import dev.repli.triage.TriageStep;
import java.time.Clock;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Steps of a triage: the engine tries each again, and after its last try people are asked. */
@Component
class TriageSteps {
  private final LastTry lastTry;
  private final TriageJournal journal;
  private final Clock clock;

  TriageSteps(LastTry lastTry, TriageJournal journal, ObjectProvider<Clock> clock) {
    this.lastTry = lastTry;
    this.journal = journal;
    this.clock = clock.getIfAvailable(Clock::systemUTC);
  }

  /**
   * @throws BpmnError {@link TriageErrors#STEP_FAILED} at the last try; the variables say what
   *     people are asked
   */
  void perform(DelegateExecution execution, TriageStep step, Runnable work) {
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
    TriageVariables.FAILED_STEP.write(execution, step.words());
    TriageVariables.STEP_ERROR.write(execution, problem.get());
    TriageVariables.STEP_HINT.write(execution, step.hint());
    TriageVariables.STEP_SKIPPABLE.write(execution, step.skippable());
    throw new BpmnError(TriageErrors.STEP_FAILED, problem.get());
  }
}

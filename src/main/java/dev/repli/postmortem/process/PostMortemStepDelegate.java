package dev.repli.postmortem.process;

import dev.repli.engine.LastTry;
import dev.repli.engine.LastTry.Outcome;
import dev.repli.engine.RunPlan;
import dev.repli.postmortem.PostMortemStep;
import dev.repli.postmortem.RemindWriters;
import dev.repli.postmortem.WritePostMortem;
import dev.repli.run.RunKey;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Which step it is says the run. */
@Component
class PostMortemStepDelegate implements JavaDelegate {
  private final WritePostMortem postMortems;
  private final RemindWriters writers;
  private final RunPlan plans;
  private final LastTry lastTry;

  PostMortemStepDelegate(
      WritePostMortem postMortems, RemindWriters writers, RunPlan plans, LastTry lastTry) {
    this.postMortems = postMortems;
    this.writers = writers;
    this.plans = plans;
    this.lastTry = lastTry;
  }

  @Override
  public void execute(DelegateExecution execution) {
    PostMortemStep step = PostMortemVariables.STEP.read(execution);
    Outcome<Map<String, Object>> outcome = lastTry.of(() -> perform(step, execution));
    outcome.result().ifPresent(execution::setVariables);
    outcome.problem().ifPresent(why -> postMortems.failed(run(execution), step, why));
    PostMortemVariables.SUCCEEDED.write(execution, outcome.problem().isEmpty());
    PostMortemVariables.ERROR.write(execution, outcome.problem().orElse(""));
    PostMortemVariables.HINT.write(execution, step.hint());
    PostMortemVariables.SKIPPABLE.write(execution, step.skippable());
  }

  /** What the run goes on with. */
  private Map<String, Object> perform(PostMortemStep step, DelegateExecution execution) {
    RunKey rollback = PostMortemVariables.ROLLBACK.read(execution);
    return switch (step) {
      case DRAFT ->
          Map.of(
              PostMortemVariables.TIMES,
              postMortems.draft(
                  run(execution), rollback, PostMortemVariables.DRY_RUN.read(execution)));
      case PUBLISH ->
          Map.of(
              PostMortemVariables.ACTION_COUNT,
              (long) postMortems.publish(run(execution), rollback));
      case FIRST_REMINDER, LAST_REMINDER, OVERDUE -> {
        writers.call(
            run(execution),
            rollback,
            plans.of(execution),
            PostMortemVariables.DUE_AT.read(execution),
            step);
        yield Map.of();
      }
    };
  }

  private static RunKey run(DelegateExecution execution) {
    return PostMortemVariables.RUN_KEY.read(execution);
  }
}

package dev.repli.postmortem.process;

import static dev.repli.rollback.EvidenceTable.plain;

import dev.repli.engine.RunPlan;
import dev.repli.plan.Plan;
import dev.repli.postmortem.RemindWriters;
import dev.repli.postmortem.WritePostMortem;
import dev.repli.run.RunKey;
import java.time.DateTimeException;
import java.time.Instant;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.stereotype.Component;

/**
 * Refuses what is no post-mortem, counts from the end of the rollback, and leaves the plan to other
 * runs.
 */
@Component
class PostMortemRequestedListener implements ExecutionListener {
  private final RunPlan plans;
  private final WritePostMortem postMortems;

  PostMortemRequestedListener(RunPlan plans, WritePostMortem postMortems) {
    this.plans = plans;
    this.postMortems = postMortems;
  }

  @Override
  public void notify(DelegateExecution execution) {
    Plan plan = plans.freeze(execution);
    refuse(execution, plan);
    PostMortemVariables.PLAN_RELEASED.write(execution, true);
    Instant end = end(execution);
    PostMortemVariables.REMIND_AT.write(execution, end.plus(RemindWriters.FIRST));
    PostMortemVariables.REMIND_AGAIN_AT.write(execution, end.plus(RemindWriters.LAST));
    PostMortemVariables.DUE_AT.write(execution, end.plus(RemindWriters.DUE));
    String rollback = PostMortemVariables.ROLLBACK.read(execution).value();
    PostMortemVariables.ABOUT.write(
        execution,
        "**Post-mortem** of the rollback %s of **%s**. What is known and written: [read it on its page](/api/runs/%s/post-mortem?format=html)"
            .formatted(plain(rollback), plain(plan.title()), rollback));
  }

  /** Whoever may start runs may start this one too, with any text. */
  private void refuse(DelegateExecution execution, Plan plan) {
    RunKey rollback =
        PostMortemVariables.ROLLBACK
            .find(execution)
            .orElseThrow(() -> new BadUserRequestException("rollbackRun has to name a rollback"));
    postMortems
        .refusal(
            PostMortemVariables.RUN_KEY.read(execution),
            rollback,
            plan.id(),
            PostMortemVariables.DRY_RUN.read(execution))
        .ifPresent(
            why -> {
              throw new BadUserRequestException(why);
            });
  }

  /** A person who starts it by hand need not know when the rollback ended. */
  private static Instant end(DelegateExecution execution) {
    try {
      return Instant.parse(PostMortemVariables.ROLLBACK_ENDED_AT.readOr(execution, ""));
    } catch (DateTimeException e) {
      return ClockUtil.getCurrentTime().toInstant();
    }
  }
}

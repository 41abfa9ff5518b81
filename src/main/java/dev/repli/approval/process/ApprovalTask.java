package dev.repli.approval.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.run.RunKey;
import java.time.Instant;
import java.util.Optional;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;

/**
 * A user task that is an approval.
 *
 * @param planHash content hash of the plan that the run started with; empty for the plan as it is
 * @param secondOf the question that this one is the second answer to
 */
record ApprovalTask(
    String task,
    RunKey run,
    Optional<String> planHash,
    String question,
    Optional<String> secondOf,
    Instant askedAt) {

  private static final ProcessVariable<String> PLAN_HASH = ProcessVariable.text("planHash");

  /** Empty when the task is no approval. */
  static Optional<ApprovalTask> of(TaskEntity task) {
    ExecutionEntity execution = task.getExecution();
    if (execution == null || task.getProcessDefinition() == null) {
      return Optional.empty();
    }
    ActivityImpl activity = task.getProcessDefinition().findActivity(task.getTaskDefinitionKey());
    if (activity == null || !(activity.getProperty(ApprovalModel.QUESTION) instanceof String id)) {
      return Optional.empty();
    }
    return Optional.of(
        new ApprovalTask(
            task.getId(),
            runOf(execution),
            PLAN_HASH.find(execution),
            id,
            Optional.ofNullable((String) activity.getProperty(ApprovalModel.SECOND_OF)),
            task.getCreateTime().toInstant()));
  }

  /** Called processes belong to the run of the one that was started. */
  private static RunKey runOf(ExecutionEntity execution) {
    String root = execution.getRootProcessInstanceId();
    String key =
        Context.getCommandContext().getExecutionManager().findExecutionById(root).getBusinessKey();
    if (key == null) {
      throw new IllegalStateException(
          "instance " + root + " has no business key, so its approvals belong to no run");
    }
    return new RunKey(key);
  }
}

package dev.repli.delta.process;

import dev.repli.delta.conflict.ConflictRule;
import dev.repli.delta.conflict.ConflictRule.Kind;
import dev.repli.delta.conflict.ProposeRule;
import dev.repli.engine.RunPlan;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.stereotype.Component;

/** Keeps a rule with the person who proposed it, who cannot approve it then. */
@Component
class RuleProposedListener implements TaskListener {
  private final ProposeRule rules;
  private final RunPlan plans;

  RuleProposedListener(ProposeRule rules, RunPlan plans) {
    this.rules = rules;
    this.plans = plans;
  }

  @Override
  public void notify(DelegateTask task) {
    if (!ConflictVariables.ANSWER.readOr(task, "").equals(RuleForm.PROPOSES)) {
      return;
    }
    ConflictRule rule =
        new ConflictRule(
            task.getId(),
            ConflictVariables.RUN_KEY.read(task),
            Kind.valueOf(ConflictVariables.KIND.read(task)),
            ConflictVariables.TABLE.readOr(task, "").strip(),
            ConflictVariables.COLUMN.readOr(task, "").strip(),
            who(task),
            ConflictVariables.REASON.readOr(task, ""),
            ClockUtil.getCurrentTime().toInstant());
    rules.propose(rule, plans.of(task));
    task.getExecution().setVariable(ConflictVariables.RULE.name(), rule.id());
    task.getExecution().setVariable(ConflictVariables.RULE_TEXT.name(), ConflictText.of(rule));
    task.getExecution().setVariable(ConflictVariables.CURSOR.name(), 0L);
  }

  private static String who(DelegateTask task) {
    return Optional.ofNullable(
            task.getProcessEngineServices().getIdentityService().getCurrentAuthentication())
        .map(Authentication::getUserId)
        .or(() -> Optional.ofNullable(task.getAssignee()))
        .orElseThrow(() -> new IllegalStateException("nobody is logged in to propose a rule"));
  }
}

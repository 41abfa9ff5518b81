package dev.repli.engine.hardening;

import dev.repli.engine.CommandRule;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.cmd.AbstractExecuteFilterCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.springframework.stereotype.Component;

/**
 * Closes CVE-2026-109432: the engine refuses expressions in a query that somebody sends, but looks
 * only at its top level, so that any user could run code through an {@code orQueries} element.
 */
@Component
class NoExpressionsInQueries implements CommandRule {

  @Override
  public void check(Command<?> command, CommandContext context) {
    if (command instanceof TaskQueryImpl query) {
      check(query);
    } else if (command instanceof AbstractExecuteFilterCmd
        && CommandFields.get(command, "extendingQuery") instanceof TaskQueryImpl extending) {
      check(extending);
    }
  }

  private static void check(TaskQueryImpl query) {
    boolean hasExpression =
        query.getQueries().stream().anyMatch(part -> !part.getExpressions().isEmpty());
    if (hasExpression) {
      throw new BadUserRequestException("a task query must not contain expressions");
    }
  }
}

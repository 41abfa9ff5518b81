package dev.repli.engine;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/** Asks one rule before each command. */
final class RuleInterceptor extends CommandInterceptor {
  private final CommandRule rule;

  RuleInterceptor(CommandRule rule) {
    this.rule = rule;
  }

  @Override
  public <T> T execute(Command<T> command) {
    rule.check(command, Context.getCommandContext());
    return next.execute(command);
  }
}

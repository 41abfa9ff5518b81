package dev.repli.engine;

import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/**
 * A rule laid over every command of the engine, whichever way it was called: Tasklist, Cockpit,
 * both REST paths, or Java. All rules that are Spring beans are asked, inside the command's
 * transaction and before it does anything.
 */
public interface CommandRule {

  /**
   * Lets the command pass, or throws. {@code AuthorizationException} is answered with 403, {@code
   * BadUserRequestException} and {@code FormFieldValidationException} with 400.
   */
  void check(Command<?> command, CommandContext context);
}

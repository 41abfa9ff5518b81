package dev.repli.route;

import java.time.Duration;

/**
 * Told of every command that changes something, right after it was answered; costs nothing that the
 * caller would feel.
 */
@FunctionalInterface
public interface ActLog {
  /**
   * @param route for people
   * @param command exact text, secrets replaced by {@code ***}
   * @param outcome {@code ok}, or the error's text
   */
  void ran(String route, String command, Duration took, String outcome);

  /** Listens to nothing. */
  ActLog NONE = (route, command, took, outcome) -> {};
}

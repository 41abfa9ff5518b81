package dev.repli.database;

import java.time.Duration;

/**
 * Told of every statement that changes something, right after it was answered; costs nothing that
 * the caller would feel.
 */
@FunctionalInterface
public interface ActLog {
  /**
   * @param node for people
   * @param statement exact text, secrets replaced by {@code ***}
   * @param outcome {@code ok}, or the error's text
   */
  void ran(String node, String statement, Duration took, String outcome);

  /** Listens to nothing. */
  ActLog NONE = (node, statement, took, outcome) -> {};
}

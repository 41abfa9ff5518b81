package dev.repli.guardrail;

import java.util.List;

/** How Repli itself does: what keeps runs and their clocks going. */
public interface OwnHealth {
  /**
   * Looks at every part; at most some seconds.
   *
   * @throws RuntimeException when it cannot be found out
   */
  List<Part> look();

  /**
   * One part.
   *
   * @param found one sentence
   */
  record Part(String name, boolean well, String found) {}
}

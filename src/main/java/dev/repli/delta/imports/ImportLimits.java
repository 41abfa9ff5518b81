package dev.repli.delta.imports;

import java.time.Duration;

/**
 * Limits of an import.
 *
 * @param transactions source transactions to a commit; one is never split
 * @param rows changes to a commit, when the transaction ends
 * @param held changes that may be held at once; more mean that another policy is needed
 * @param quiet with nothing to read for so long, what was applied is committed
 * @param attempts without any progress, before a failure is handed on
 * @param pause between them
 */
public record ImportLimits(
    int transactions, int rows, int held, Duration quiet, int attempts, Duration pause) {
  public static final ImportLimits USUAL =
      new ImportLimits(200, 10_000, 100_000, Duration.ofMillis(200), 10, Duration.ofSeconds(1));
}

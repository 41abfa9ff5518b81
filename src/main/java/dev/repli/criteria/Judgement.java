package dev.repli.criteria;

import dev.repli.criteria.Ruling.Outcome;
import dev.repli.criteria.Ruling.Severity;
import java.time.Duration;
import java.util.List;

/**
 * The verdict on a plan.
 *
 * @param rule name of the criterion that decided; empty when none did
 * @param value of its metric, for people
 * @param threshold for people
 * @param readings every criterion as it was
 */
public record Judgement(
    Outcome outcome,
    Severity severity,
    Duration grace,
    String rule,
    String value,
    String threshold,
    List<Reading> readings) {
  public Judgement {
    readings = List.copyOf(readings);
  }

  /** In one line: {@code rollback now (critical): errors-critical, errorRate = 0.61 > 0.5}. */
  public String inWords() {
    String what =
        switch (outcome) {
          case CONTINUE -> "continue";
          case WATCH -> "watch";
          case INCONCLUSIVE -> "inconclusive";
          case ROLLBACK_RECOMMENDED -> "rollback recommended";
          case ROLLBACK_NOW -> "rollback now";
        };
    return rule.isEmpty()
        ? what + ": nothing is above normal"
        : "%s (%s): %s, %s, limit %s"
            .formatted(
                what, severity.name().toLowerCase(java.util.Locale.ROOT), rule, value, threshold);
  }
}

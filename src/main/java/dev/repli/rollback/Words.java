package dev.repli.rollback;

import dev.repli.plan.Node;
import java.time.Duration;

/** Durations and directions for people. */
public final class Words {
  public static String of(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + " ms";
    }
    if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
      return duration.toSeconds() + " s";
    }
    if (duration.compareTo(Duration.ofHours(2)) < 0) {
      return duration.toMinutes() + " min";
    }
    return duration.compareTo(Duration.ofDays(3)) < 0
        ? pair(duration.toHours(), "h", duration.toMinutesPart(), "min")
        : pair(duration.toDays(), "days", duration.toHoursPart(), "h");
  }

  private static String pair(long large, String unit, int small, String smaller) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
  }

  /** Behind the name of a task: {@code , blue to green}; empty where the plan names none. */
  public static String way(Node from, Node to) {
    return from.environment().isEmpty() ? "" : ", %s to %s".formatted(from.called(), to.called());
  }

  private Words() {}
}

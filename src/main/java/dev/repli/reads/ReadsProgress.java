package dev.repli.reads;

import dev.repli.plan.ReadRules;
import java.time.Instant;
import java.util.List;

/**
 * Where a run is.
 *
 * @param percent share of the target now
 * @param since from when on it has that
 * @param setbacks how often reads went back since people decided last
 */
public record ReadsProgress(int percent, Instant since, int setbacks) {
  /** After so many people are asked whether to try once more. */
  static final int MOST_SETBACKS = 2;

  /** The next larger share; the same when this was the last. */
  int next(ReadRules rules) {
    return rules.steps().stream().filter(step -> step > percent).findFirst().orElse(percent);
  }

  /** Where reads go when this share is bad. */
  int back(ReadRules rules) {
    return switch (rules.whenBad()) {
      case ZERO -> 0;
      case STEP_BACK -> stepBack(rules);
    };
  }

  int stepBack(ReadRules rules) {
    List<Integer> smaller = rules.steps().stream().filter(step -> step < percent).toList();
    return smaller.isEmpty() ? 0 : smaller.get(smaller.size() - 1);
  }

  boolean isLast(ReadRules rules) {
    return next(rules) == percent;
  }
}

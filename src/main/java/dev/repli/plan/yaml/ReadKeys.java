package dev.repli.plan.yaml;

import dev.repli.plan.Account;
import dev.repli.plan.ReadRules;
import dev.repli.plan.ReadRules.Limits;
import dev.repli.plan.ReadRules.Probe;
import dev.repli.plan.ReadRules.WhenBad;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys of moving reads. */
final class ReadKeys {
  private static final int MOST_IN_A_WINDOW = 100_000;
  private static final int PERCENT = 100;

  private static final Key<Duration> INTERVAL =
      duration("interval", "10ms", "1m", "200ms", "Time between two reads of the probe.");
  private static final Key<Duration> WINDOW =
      duration("window", "1s", "24h", "10m", "Reads of so long a time are judged together.");
  private static final Key<Duration> BASELINE =
      duration(
          "baseline", "1s", "24h", "10m", "How long reads are measured before the first step.");
  private static final Key<Optional<String>> QUERY =
      Key.optional(
          "query",
          Texts.formed(
              "[Ss][Ee][Ll][Ee][Cc][Tt]\\b[^;]{1,3900}",
              "one SELECT statement without ';'",
              sql -> sql),
          "A read like the application's; its columns need names that differ.");
  private static final Key<Optional<Account>> ACCOUNT =
      Key.optional(
          "account", NodeKeys.ACCOUNT, "Account that reads; without it that of the write probe.");
  private static final Block<Probe> PROBE_BLOCK =
      Block.of(
              List.of(INTERVAL, WINDOW, BASELINE, QUERY, ACCOUNT),
              values ->
                  new Probe(
                      values.get(INTERVAL),
                      values.get(WINDOW),
                      values.get(BASELINE),
                      values.get(QUERY),
                      values.get(ACCOUNT)))
          .checked(ReadKeys::windowFits);

  private static final Key<Integer> LEAST_READS =
      number("leastReads", 1, 100_000, 100, "Fewer reads by the target prove nothing.");
  private static final Key<Integer> SLOWDOWN =
      number("slowdown", 100, 10_000, 200, "p95 may be so many percent of the baseline's.");
  private static final Key<Duration> FLOOR =
      duration("latencyFloor", "1ms", "10s", "10ms", "A p95 up to this is good in any case.");
  private static final Key<Integer> ERRORS =
      number("errors", 0, PERCENT, 1, "More failing reads than so many percent are bad.");
  private static final Key<Duration> LAG =
      duration("lag", "100ms", "10s", "5s", "The target may be so far behind the source.");
  private static final Block<Limits> LIMITS_BLOCK =
      Block.of(
          List.of(LEAST_READS, SLOWDOWN, FLOOR, ERRORS, LAG),
          values ->
              new Limits(
                  values.get(LEAST_READS),
                  values.get(SLOWDOWN),
                  values.get(FLOOR),
                  values.get(ERRORS),
                  values.get(LAG)));

  private static final Key<List<Integer>> STEPS =
      Key.withDefault(
          "steps",
          new Items<>(Numbers.whole(1, PERCENT), 1),
          ReadRules.DEFAULT.steps(),
          "Shares of all reads that the target gets one after the other, in percent.");
  private static final Key<Duration> HOLD =
      duration("hold", "1s", "30d", "24h", "How long each share is held.");
  private static final Key<Duration> LOOK_EVERY =
      duration("lookEvery", "1s", "1h", "1m", "Time between two looks during a hold.");
  private static final Key<WhenBad> WHEN_BAD =
      Key.withDefault(
          "whenBad",
          Texts.oneOf(WhenBad.class),
          "step-back",
          "Where reads go when a look is bad: one step back, or to zero.");
  private static final Key<Integer> TOLERANCE =
      number(
          "tolerance", 1, 50, 5, "How far the counted share may be from the one set, in points.");
  private static final Key<Optional<Integer>> FOLLOWS =
      Key.optional(
          "followsServerId",
          Numbers.whole(1, 999_999_999),
          "Server id of the replica that the target follows; without it it follows the source.");
  private static final Key<Probe> PROBE =
      Key.withDefault("probe", PROBE_BLOCK, Map.of(), "Repli's own reader through each route.");
  private static final Key<Limits> LIMITS =
      Key.withDefault("limits", LIMITS_BLOCK, Map.of(), "What is good.");

  static final Block<ReadRules> READS =
      Block.of(
              List.of(STEPS, HOLD, LOOK_EVERY, WHEN_BAD, TOLERANCE, FOLLOWS, PROBE, LIMITS),
              values ->
                  new ReadRules(
                      values.get(STEPS),
                      values.get(HOLD),
                      values.get(LOOK_EVERY),
                      values.get(WHEN_BAD),
                      values.get(TOLERANCE),
                      values.get(FOLLOWS),
                      values.get(PROBE),
                      values.get(LIMITS)))
          .checked(
              values -> {
                ascending(values);
                insideTheHold(values);
                enoughReads(values);
              });

  private ReadKeys() {}

  private static void windowFits(Values values) {
    if (values.find(INTERVAL).isPresent()
        && values.find(WINDOW).isPresent()
        && values.get(WINDOW).dividedBy(values.get(INTERVAL)) > MOST_IN_A_WINDOW) {
      values.error(
          "window",
          "holds more than " + MOST_IN_A_WINDOW + " reads",
          "a shorter window or a longer interval",
          "");
    }
  }

  private static void ascending(Values values) {
    List<Integer> steps = values.find(STEPS).orElse(List.of());
    for (int index = 1; index < steps.size(); index++) {
      if (steps.get(index) <= steps.get(index - 1)) {
        values.error(
            "steps[" + index + "]", "is not above the step before", "ascending shares", "");
      }
    }
  }

  private static void insideTheHold(Values values) {
    Optional<Duration> hold = values.find(HOLD);
    if (hold.isPresent() && values.find(LOOK_EVERY).filter(above(hold.get())).isPresent()) {
      values.error("lookEvery", "is longer than hold", "at most hold", "");
    }
    if (hold.isPresent()
        && values.find(PROBE).map(Probe::window).filter(above(hold.get())).isPresent()) {
      values.error("probe.window", "is longer than hold", "at most hold", "");
    }
  }

  private static java.util.function.Predicate<Duration> above(Duration limit) {
    return value -> value.compareTo(limit) > 0;
  }

  /** Else every hold would end in a question to people. */
  private static void enoughReads(Values values) {
    List<Integer> steps = values.find(STEPS).orElse(List.of());
    Optional<Probe> probe = values.find(PROBE);
    Optional<Limits> limits = values.find(LIMITS);
    if (steps.isEmpty() || probe.isEmpty() || limits.isEmpty()) {
      return;
    }
    long reads = probe.get().window().dividedBy(probe.get().interval()) * steps.get(0) / PERCENT;
    if (reads < limits.get().leastReads()) {
      values.error(
          "limits.leastReads",
          "is more than the "
              + reads
              + " reads that the target gets within probe.window in the first step",
          "at most " + reads + ", or a longer window, or a shorter interval",
          "");
    }
  }

  private static Key<Duration> duration(
      String name, String least, String most, String fallback, String description) {
    return Key.withDefault(name, Durations.between(least, most), fallback, description);
  }

  private static Key<Integer> number(
      String name, int least, int most, int fallback, String description) {
    return Key.withDefault(name, Numbers.whole(least, most), fallback, description);
  }
}

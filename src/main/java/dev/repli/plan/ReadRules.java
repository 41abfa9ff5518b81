package dev.repli.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How reads move from the old readers to the target.
 *
 * @param steps shares of all reads that the target gets one after the other, in percent, ascending
 *     (default 5, 10, 25, 50, 100)
 * @param hold how long each share is held before the next (default 24 h)
 * @param lookEvery time between two looks during a hold (default 1 min)
 * @param whenBad where reads go when a look is bad (default one step back)
 * @param tolerance how far the share that is counted may be from the one that was set, in points of
 *     percent (default 5); chance is allowed for besides
 * @param followsServerId server id of the replica that the target follows in a chain; empty when it
 *     follows the source itself
 */
public record ReadRules(
    List<Integer> steps,
    Duration hold,
    Duration lookEvery,
    WhenBad whenBad,
    int tolerance,
    Optional<Integer> followsServerId,
    Probe probe,
    Limits limits) {
  /** What a plan that says nothing means. */
  public static final ReadRules DEFAULT =
      new ReadRules(
          List.of(5, 10, 25, 50, 100),
          Duration.ofDays(1),
          Duration.ofMinutes(1),
          WhenBad.STEP_BACK,
          5,
          Optional.empty(),
          Probe.DEFAULT,
          Limits.DEFAULT);

  public ReadRules {
    steps = List.copyOf(steps);
  }

  /** Where reads go when a look is bad. */
  public enum WhenBad {
    STEP_BACK,
    ZERO
  }

  /**
   * Repli's own reader through each route.
   *
   * @param interval time between two reads (default 200 ms)
   * @param window reads of so long a time are judged together (default 10 min)
   * @param baseline how long reads are measured before the first step (default 10 min)
   * @param query one SELECT that is like the application's; empty reads nothing but the server's id
   * @param account with which it reads; empty for the account of the write probe
   */
  public record Probe(
      Duration interval,
      Duration window,
      Duration baseline,
      Optional<String> query,
      Optional<Account> account) {
    public static final Probe DEFAULT =
        new Probe(
            Duration.ofMillis(200),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Optional.empty(),
            Optional.empty());
  }

  /**
   * What is good.
   *
   * @param leastReads fewer reads by the target within the window prove nothing (default 100)
   * @param slowdown p95 on the target may be so many percent of the baseline's (default 200)
   * @param latencyFloor a p95 up to this is good whatever the baseline was (default 10 ms)
   * @param errors more failing reads than so many percent are bad (default 1)
   * @param lag the target may be so far behind the source (default 5 s)
   */
  public record Limits(
      int leastReads, int slowdown, Duration latencyFloor, int errors, Duration lag) {
    public static final Limits DEFAULT =
        new Limits(100, 200, Duration.ofMillis(10), 1, Duration.ofSeconds(5));
  }
}

package dev.repli.reads;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;
import static dev.repli.rollback.Finding.risk;

import dev.repli.plan.ReadRules;
import dev.repli.rollback.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Judges the reads of one route. What is bad names reads that are worse than the baseline; a risk
 * says that nobody can tell.
 *
 * <p>Answers of the target are judged by themselves: at a share of 5 % even a target that is ten
 * times slower would hide in the percentiles of all reads. A read that failed names no server, so
 * whatever fails beyond the baseline is held against the target.
 *
 * @param percent share of the reads that the target is to get
 */
record JudgeReads(ReadRules rules, String route, int percent, Baseline baseline) {
  private static final double PERCENT = 100;
  private static final double NANOS = 1e6;

  /** A read is given up after 5 s, and there is one after the other. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /**
   * @param targetId server id of the target
   * @param full whether the window is as long as the plan wants it
   */
  List<Finding> judge(ReadWindow window, long targetId, boolean full, Instant now) {
    List<Finding> findings = new ArrayList<>();
    if (isSilent(window, now)) {
      findings.add(risk("the probe reads", route, "nothing since " + newest(window)));
    }
    findings.addAll(errors(window, targetId));
    if (percent > 0) {
      findings.addAll(latency(window.answeredBy(targetId), full));
    }
    if (full && enough(window.count())) {
      findings.add(share(window, targetId));
    }
    return findings;
  }

  private boolean isSilent(ReadWindow window, Instant now) {
    Duration most = SILENCE.plus(rules.probe().interval().multipliedBy(3));
    return window.newest().orElse(window.since()).plus(most).isBefore(now);
  }

  private static Object newest(ReadWindow window) {
    return window.newest().orElse(window.since());
  }

  private boolean enough(int reads) {
    return reads >= rules.limits().leastReads();
  }

  private List<Finding> errors(ReadWindow window, long targetId) {
    if (!enough(window.count())) {
      return List.of();
    }
    double beyond = Math.max(0, window.failed() - baseline.failedShare() * window.count());
    int answered = window.answeredBy(targetId).count();
    double rate = beyond == 0 ? 0 : PERCENT * beyond / (beyond + answered);
    String found =
        String.format(
            Locale.ROOT,
            "%.2f %% (%d of all %d reads failed, before the first step %.2f %%)%s",
            rate,
            window.failed(),
            window.count(),
            baseline.failedShare() * PERCENT,
            window.lastError().map(error -> "; the last one: " + error).orElse(""));
    return List.of(
        expect(
            rate <= rules.limits().errors(),
            "failing reads held against the target",
            route,
            found));
  }

  private List<Finding> latency(Latency target, boolean full) {
    if (!enough(target.count())) {
      String found = target.count() + " of at least " + rules.limits().leastReads();
      return List.of(
          full
              ? risk("enough reads by the target", route, found)
              : note("enough reads by the target", route, found + " so far"));
    }
    Duration most = most();
    boolean fast = target.p95().compareTo(most) <= 0;
    String found =
        String.format(
            Locale.ROOT,
            "%s; p95 may be %.1f ms, before the first step: %s",
            target,
            most.toNanos() / NANOS,
            baseline.latency());
    return List.of(
        fast
            ? good("latency of the target", route, found)
            : bad("latency of the target", route, found));
  }

  private Duration most() {
    Duration slowed =
        baseline.latency().p95().multipliedBy(rules.limits().slowdown()).dividedBy(100);
    Duration floor = rules.limits().latencyFloor();
    return slowed.compareTo(floor) > 0 ? slowed : floor;
  }

  private Finding share(ReadWindow window, long targetId) {
    int answered = window.answered().count();
    double seen = answered == 0 ? 0 : PERCENT * window.answeredBy(targetId).count() / answered;
    String found =
        String.format(
            Locale.ROOT, "%.1f %% of %d answered reads, set are %d %%", seen, answered, percent);
    return Math.abs(seen - percent) <= allowed(answered)
        ? good("share of the target, counted", route, found)
        : risk("share of the target, counted", route, found);
  }

  /** The plan's tolerance, or three standard deviations of as many draws: a route may draw lots. */
  private double allowed(int draws) {
    double part = percent / PERCENT;
    double chance = draws == 0 ? 0 : 3 * PERCENT * Math.sqrt(part * (1 - part) / draws);
    return Math.max(rules.tolerance(), chance);
  }
}

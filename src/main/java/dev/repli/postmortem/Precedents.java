package dev.repli.postmortem;

import dev.repli.journal.Journal;
import dev.repli.journal.Report;
import dev.repli.journal.Reports;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.release.Release;
import dev.repli.release.ReleaseRegister;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What of earlier runs belongs into a post-mortem. */
record Precedents(Plans plans, Runs runs, Journal journal) {
  private static final int LOOKED_AT = 100;

  /** Those that had the writes at some moment from this one until the end of the rollback. */
  List<Release> releases(Plan plan, Instant from, Run rollback) {
    Instant until = rollback.endedAt().orElse(rollback.startedAt());
    return new ReleaseRegister(plans, runs, journal)
        .of(plan).stream()
            .filter(release -> !release.since().isAfter(until))
            .filter(release -> release.until().filter(end -> end.isBefore(from)).isEmpty())
            .toList();
  }

  /** Steps of the newest rollback before this one that ended well, by name. */
  Map<String, Duration> steps(Run rollback) {
    Map<String, Duration> took = new HashMap<>();
    runs.newest(rollback.plan(), LOOKED_AT).stream()
        .filter(run -> run.runbook().equals(rollback.runbook()) && !run.dryRun())
        .filter(run -> run.startedAt().isBefore(rollback.startedAt()))
        .filter(WentBack::whole)
        .findFirst()
        .map(new Reports(journal)::of)
        .ifPresent(
            before -> {
              for (Report.Step step : before.steps()) {
                step.took().ifPresent(time -> took.merge(step.name(), time, Duration::plus));
              }
            });
    return took;
  }
}

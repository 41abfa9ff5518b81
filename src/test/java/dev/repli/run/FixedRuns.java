package dev.repli.run;

import dev.repli.plan.PlanId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Runs as a test says they are, the newest last; none can be started or aborted here. */
public final class FixedRuns implements Runs {
  private final List<Run> all = new ArrayList<>();

  /** Adds a run, which began after those before it; an empty result is one that still goes on. */
  public FixedRuns with(
      RunKey key, String runbook, PlanId plan, String requestedBy, Optional<String> result) {
    all.add(
        new Run(
            key,
            runbook,
            plan,
            requestedBy,
            false,
            "instance-" + key,
            Instant.EPOCH.plusSeconds(all.size()),
            result.map(any -> Instant.EPOCH.plusSeconds(all.size())),
            result,
            false,
            List.of()));
    return this;
  }

  @Override
  public Optional<Run> find(RunKey key) {
    return all.stream().filter(run -> run.key().equals(key)).findFirst();
  }

  @Override
  public List<Run> newest(int limit) {
    List<Run> newest = new ArrayList<>(all);
    Collections.reverse(newest);
    return newest.stream().limit(limit).toList();
  }

  @Override
  public List<Run> newest(PlanId plan, int limit) {
    return newest(all.size()).stream().filter(run -> run.plan().equals(plan)).limit(limit).toList();
  }

  @Override
  public Start start(Request request) {
    throw new UnsupportedOperationException("start " + request.key());
  }

  @Override
  public Abort abort(RunKey key, String by, String reason) {
    return new Abort.Unknown();
  }
}

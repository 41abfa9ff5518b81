package dev.repli.engine;

import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A register of runs that a test fills itself. */
public final class KnownRuns implements Runs {
  private final Map<RunKey, Run> runs = new LinkedHashMap<>();

  public synchronized void register(RunKey key, String requestedBy) {
    runs.put(
        key,
        new Run(
            key,
            "ApprovalTrial",
            OnePlan.ID,
            requestedBy,
            false,
            "instance",
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            false,
            List.of()));
  }

  @Override
  public synchronized Start start(Request request) {
    if (!request.plan().equals(OnePlan.ID)) {
      throw new IllegalArgumentException("no plan is called " + request.plan());
    }
    register(request.key(), request.requestedBy());
    return new Start.Started(find(request.key()).orElseThrow());
  }

  @Override
  public synchronized Optional<Run> find(RunKey key) {
    return Optional.ofNullable(runs.get(key));
  }

  @Override
  public List<Run> newest(int limit) {
    return List.of();
  }

  @Override
  public List<Run> newest(PlanId plan, int limit) {
    return List.of();
  }

  @Override
  public Abort abort(RunKey key, String by, String reason) {
    return new Abort.Unknown();
  }
}

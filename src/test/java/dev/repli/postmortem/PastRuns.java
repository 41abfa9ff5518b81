package dev.repli.postmortem;

import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs that were, and what is started after them. */
public final class PastRuns implements Runs {
  public final List<Request> requests = new ArrayList<>();
  private String failing = "";
  private final Map<RunKey, Run> all = new LinkedHashMap<>();

  public void add(Run run) {
    all.put(run.key(), run);
  }

  /** From now on runs of this runbook cannot be started; empty for none. */
  public void failing(String runbook) {
    failing = runbook;
  }

  @Override
  public synchronized Start start(Request request) {
    if (request.runbook().equals(failing)) {
      throw new IllegalStateException("cannot start " + request.key());
    }
    Run known = all.get(request.key());
    if (known != null) {
      return new Start.AlreadyKnown(known);
    }
    requests.add(request);
    Run run =
        new Run(
            request.key(),
            request.runbook(),
            request.plan(),
            request.requestedBy(),
            request.dryRun(),
            "instance-" + request.key(),
            java.time.Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            false,
            List.of());
    all.put(run.key(), run);
    return new Start.Started(run);
  }

  @Override
  public synchronized Optional<Run> find(RunKey key) {
    return Optional.ofNullable(all.get(key));
  }

  @Override
  public synchronized List<Run> newest(int limit) {
    return all.values().stream().limit(limit).toList();
  }

  @Override
  public List<Run> newest(PlanId plan, int limit) {
    return newest(limit).stream().filter(run -> run.plan().equals(plan)).toList();
  }

  @Override
  public Abort abort(RunKey key, String by, String reason) {
    return new Abort.Unknown();
  }
}

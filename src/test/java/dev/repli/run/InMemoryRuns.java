package dev.repli.run;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs for tests of other features; passes the same contract as the real ones. */
public final class InMemoryRuns implements Runs {
  private final Map<RunKey, Run> all = new LinkedHashMap<>();
  private final Plans plans;
  private final Journal journal;

  /** Writes into the journal what a start writes there. */
  public InMemoryRuns(Plans plans, Journal journal) {
    this.plans = plans;
    this.journal = journal;
  }

  @Override
  public synchronized Start start(Request request) {
    if (plans.find(request.plan()).isEmpty()) {
      throw new IllegalArgumentException("no plan is called " + request.plan());
    }
    if (all.containsKey(request.key())) {
      return new Start.AlreadyKnown(all.get(request.key()));
    }
    Optional<Run> busy = all.values().stream().filter(run -> occupies(run, request)).findFirst();
    if (busy.isPresent()) {
      return new Start.PlanBusy(busy.get());
    }
    journal.append(request.key(), new Milestone("RUN_REQUESTED", "requested", request.facts()));
    Run run =
        new Run(
            request.key(),
            request.runbook(),
            request.plan(),
            request.requestedBy(),
            request.dryRun(),
            "instance-" + request.key(),
            Instant.now(),
            Optional.empty(),
            Optional.empty(),
            false,
            List.of("Approve rollback"));
    all.put(run.key(), run);
    return new Start.Started(run);
  }

  @Override
  public synchronized Optional<Run> find(RunKey key) {
    return Optional.ofNullable(all.get(key));
  }

  @Override
  public synchronized List<Run> newest(int limit) {
    List<Run> newest = new ArrayList<>(all.values());
    Collections.reverse(newest);
    return newest.stream().limit(limit).toList();
  }

  @Override
  public List<Run> newest(PlanId plan, int limit) {
    return newest(Integer.MAX_VALUE).stream()
        .filter(run -> run.plan().equals(plan))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Abort abort(RunKey key, String by, String reason) {
    if (!all.containsKey(key)) {
      return new Abort.Unknown();
    }
    if (all.get(key).result().isPresent()) {
      return new Abort.Refused("the run has already ended");
    }
    end(key, "Rollback aborted");
    return new Abort.Accepted("the run is interrupted");
  }

  public synchronized void end(RunKey key, String result) {
    all.computeIfPresent(
        key,
        (k, run) ->
            new Run(
                run.key(),
                run.runbook(),
                run.plan(),
                run.requestedBy(),
                run.dryRun(),
                run.processInstanceId(),
                run.startedAt(),
                Optional.of(Instant.now()),
                Optional.of(result),
                run.late(),
                List.of()));
  }

  private static boolean occupies(Run run, Request request) {
    return !request.dryRun()
        && !run.dryRun()
        && !BESIDE.contains(request.runbook())
        && !BESIDE.contains(run.runbook())
        && run.result().isEmpty()
        && run.plan().equals(request.plan());
  }
}

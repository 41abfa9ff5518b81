package dev.repli.triage.process;

import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.runbook.Killed;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what is started, until the test says how it ended. */
final class TriageRuns implements Runs {
  final List<Request> requests = new ArrayList<>();
  private final List<Run> all = new ArrayList<>();
  private final Clock clock;
  private boolean busy;
  private boolean away;
  private boolean closed;

  TriageRuns(Clock clock) {
    this.clock = clock;
  }

  /** From now on the register cannot be asked, or from now on again. */
  void away(boolean is) {
    away = is;
  }

  /** From now on it starts nothing. */
  void closed(boolean is) {
    closed = is;
  }

  /** From now on another run has the plan. */
  void busy(boolean is) {
    busy = is;
  }

  void watchedCutover(RunKey key, PlanId plan) {
    all.add(run(key, "CutoverProcess", plan, List.of("Next look"), Optional.empty()));
  }

  /** The run that the test looks at, as the register knows it. */
  void triage(RunKey key, PlanId plan) {
    all.add(run(key, "IncidentTriageProcess", plan, List.of("working"), Optional.empty()));
  }

  void waitsFor(RunKey key, String task) {
    replace(key, List.of(task), Optional.empty());
  }

  void ended(RunKey key, String result) {
    replace(key, List.of(), Optional.of(result));
  }

  private void replace(RunKey key, List<String> waiting, Optional<String> result) {
    Run known = find(key).orElseThrow();
    all.remove(known);
    all.add(run(key, known.runbook(), known.plan(), waiting, result));
  }

  private Run run(
      RunKey key, String runbook, PlanId plan, List<String> waiting, Optional<String> result) {
    Instant now = clock.instant();
    return new Run(
        key,
        runbook,
        plan,
        "monitoring",
        false,
        "instance-" + key,
        now,
        result.map(any -> now),
        result,
        false,
        waiting);
  }

  @Override
  public synchronized Start start(Request request) {
    if (closed) {
      throw new Killed("a start");
    }
    Optional<Run> known = find(request.key());
    if (known.isPresent()) {
      return new Start.AlreadyKnown(known.get());
    }
    if (busy) {
      RunKey other = new RunKey("other");
      return new Start.PlanBusy(
          run(other, "CutoverProcess", request.plan(), List.of(), Optional.empty()));
    }
    requests.add(request);
    Run run =
        run(request.key(), request.runbook(), request.plan(), List.of("working"), Optional.empty());
    all.add(run);
    return new Start.Started(run);
  }

  @Override
  public synchronized Optional<Run> find(RunKey key) {
    asked();
    return all.stream().filter(run -> run.key().equals(key)).findFirst();
  }

  @Override
  public synchronized List<Run> newest(int limit) {
    asked();
    return all.stream().limit(limit).toList();
  }

  private void asked() {
    if (away) {
      throw new Killed("a look at the register");
    }
  }

  @Override
  public List<Run> newest(PlanId plan, int limit) {
    return newest(limit);
  }

  @Override
  public Abort abort(RunKey key, String by, String reason) {
    return new Abort.Unknown();
  }
}

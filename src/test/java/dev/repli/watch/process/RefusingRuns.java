package dev.repli.watch.process;

import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.runbook.Killed;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A register that starts nothing while the test wants it so. */
final class RefusingRuns implements Runs {
  private final Runs behind;
  private final Set<Thread> startedBy = ConcurrentHashMap.newKeySet();
  private volatile Optional<RunKey> busy = Optional.empty();
  private volatile boolean broken;
  private volatile boolean away;

  RefusingRuns(Runs behind) {
    this.behind = behind;
  }

  /**
   * @param run that holds the plan; empty when none does
   */
  void busyWith(Optional<RunKey> run) {
    broken = false;
    busy = run;
  }

  void breaks() {
    broken = true;
  }

  Set<Thread> startedBy() {
    return Set.copyOf(startedBy);
  }

  @Override
  public Start start(Request request) {
    startedBy.add(Thread.currentThread());
    if (broken) {
      throw new IllegalStateException("the engine's database does not answer");
    }
    Optional<Run> other = busy.flatMap(behind::find);
    return other.isPresent() ? new Start.PlanBusy(other.get()) : behind.start(request);
  }

  @Override
  public Optional<Run> find(RunKey key) {
    return behind.find(key);
  }

  @Override
  public List<Run> newest(int limit) {
    return behind.newest(limit);
  }

  /** Not even looking into it works. */
  void isAway(boolean now) {
    away = now;
  }

  @Override
  public List<Run> newest(PlanId plan, int limit) {
    if (away) {
      throw new Killed("the register of runs");
    }
    return behind.newest(plan, limit);
  }

  @Override
  public Abort abort(RunKey key, String by, String reason) {
    return behind.abort(key, by, reason);
  }
}

package dev.repli.longwork.process;

import static java.util.Objects.requireNonNull;

import dev.repli.longwork.LongWork;
import dev.repli.longwork.WorkLostException;
import dev.repli.longwork.WorkOrder;
import dev.repli.longwork.WorkProgress.State;
import dev.repli.longwork.WorkRecords;
import dev.repli.longwork.WorkResult;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes external tasks and does them. A task is begun only by who holds the engine's lock; what
 * happens outside is done only by who has the newest token.
 */
final class LongWorker {
  private static final Logger LOG = LoggerFactory.getLogger(LongWorker.class);
  private final TaskLocks locks;
  private final Map<String, LongWork> works;
  private final WorkRecords records;
  private final WorkOrders orders;
  private final WorkSettings settings;
  private final String node;
  private final Clock clock;
  private final ExecutorService threads;
  private final Set<HeldWork> held = ConcurrentHashMap.newKeySet();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  /**
   * @param threads does the work, {@link WorkSettings#threads} at most, and asks for it whose the
   *     work is; has a thread for whatever it is given
   */
  LongWorker(
      TaskLocks locks,
      Map<String, LongWork> works,
      WorkRecords records,
      WorkOrders orders,
      WorkSettings settings,
      String node,
      Clock clock,
      ExecutorService threads) {
    this.locks = locks;
    this.works = Map.copyOf(works);
    this.records = records;
    this.orders = orders;
    this.settings = settings;
    this.node = node;
    this.clock = clock;
    this.threads = threads;
  }

  /** Looks for work once. Returns how much was begun. */
  int poll() {
    int free = settings.threads() - busy.size();
    if (free <= 0) {
      return 0;
    }
    int begun = 0;
    for (LockedExternalTask task : locks.fetch(free, works.keySet())) {
      // a lock that ran out comes back to who still works under it
      if (busy.add(task.getId())) {
        threads.execute(() -> take(task));
        begun++;
      }
    }
    return begun;
  }

  private void take(LockedExternalTask task) {
    try {
      RunKey run = WorkVariables.RUN_KEY.find(task.getVariables()).orElseThrow();
      String name = task.getTopicName();
      // who was asleep since the lock was taken must not take the token from its successor
      if (locks.extend(task.getId()) != TaskLocks.Answer.YES) {
        return;
      }
      long token = records.begin(run, name, node, clock.instant());
      HeldWork work = held(task.getId(), run, name, token);
      held.add(work);
      try {
        work.beat();
        end(work, outcome(work, task));
      } finally {
        held.remove(work);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("long work {} could not be begun or ended", task.getTopicName(), e);
    } finally {
      busy.remove(task.getId());
    }
  }

  private HeldWork held(String task, RunKey run, String name, long token) {
    Duration patience = settings.lock().dividedBy(2);
    return new HeldWork(locks, records, clock, task, run, name, token, threads, patience);
  }

  /** The engine was asked for these names only. */
  private LongWork named(String name) {
    return requireNonNull(works.get(name), name);
  }

  private WorkResult outcome(HeldWork held, LockedExternalTask task) {
    try {
      held.mine();
      WorkOrder order = orders.of(held.run(), task.getVariables());
      return named(held.work()).perform(order, held);
    } catch (WorkLostException lost) {
      held.lose(String.valueOf(lost.getMessage()));
      return new WorkResult.Failed(String.valueOf(lost.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("{} of run {} failed", held.work(), held.run(), e);
      return new WorkResult.Failed(
          e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    } catch (Error e) {
      // else nobody would hear of it, and it would be begun again and again
      LOG.error("{} of run {} failed", held.work(), held.run(), e);
      return new WorkResult.Failed("Repli itself failed: " + e);
    }
  }

  private void end(HeldWork work, WorkResult result) {
    work.beat();
    if (work.isLost()) {
      LOG.info("{} of run {} was ended here", work.work(), work.run());
      records.end(work.run(), work.work(), work.token(), State.CANCELLED, "ended", clock.instant());
      locks.giveBack(work.task());
      return;
    }
    String why = result instanceof WorkResult.Failed failed ? failed.why() : "";
    State state = result instanceof WorkResult.Done ? State.DONE : State.FAILED;
    records.end(work.run(), work.work(), work.token(), state, why, clock.instant());
    Map<String, Object> variables = new HashMap<>();
    WorkVariables.SUCCEEDED.put(variables, result instanceof WorkResult.Done);
    WorkVariables.ERROR.put(variables, why);
    WorkVariables.HINT.put(variables, named(work.work()).hint());
    if (locks.complete(work.task(), variables) != TaskLocks.Answer.YES) {
      LOG.info("nobody waits for {} of run {} any more", work.work(), work.run());
    }
  }

  /** A sign of life for all that this Repli does. */
  void beat() {
    for (HeldWork work : held) {
      try {
        work.beat();
      } catch (RuntimeException | Error e) {
        LOG.warn("no sign of life for {} of run {}: {}", work.work(), work.run(), e.getMessage());
      }
    }
  }

  /** Must not wait for the database: it is there for when that does not answer. */
  void endSilent() {
    held.forEach(work -> work.endIfSilentFor(settings.lock().multipliedBy(4).dividedBy(5)));
  }

  /** Ends all of it, so that another Repli can take it at once. */
  void stop() {
    held.forEach(work -> work.lose("this Repli was stopped"));
  }
}

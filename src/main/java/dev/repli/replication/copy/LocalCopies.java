package dev.repli.replication.copy;

import dev.repli.plan.Plan;
import dev.repli.replication.Copies;
import dev.repli.replication.copy.CopyRecord.Phase;
import dev.repli.run.RunKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Copies by this Repli, each in a thread of its own. */
final class LocalCopies implements Copies, AutoCloseable {
  private static final int BEATS_MISSED = 7;

  private final String owner = UUID.randomUUID().toString();
  private final Map<RunKey, Worker> workers = new ConcurrentHashMap<>();
  private final CopyRecords records;
  private final CopyPhases phases;
  private final Clock clock;
  private final Path directory;
  private final Duration dead;
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "copy-beats");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param directory where copies are kept whose plan names no directory
   * @param dead without a beat for so long, whoever worked at a copy is dead or cannot write
   */
  LocalCopies(CopyRecords records, CopyPhases phases, Clock clock, Path directory, Duration dead) {
    this.records = records;
    this.phases = phases;
    this.clock = clock;
    this.directory = directory;
    this.dead = dead;
    long beat = dead.dividedBy(BEATS_MISSED).toMillis();
    var unused =
        beats.scheduleWithFixedDelay(
            () -> workers.values().forEach(Worker::beat), beat, beat, TimeUnit.MILLISECONDS);
  }

  private record Worker(CopyWork work, Thread thread) {
    boolean isAlive() {
      return thread.isAlive();
    }

    void beat() {
      if (isAlive()) {
        work.beat();
      }
    }
  }

  @Override
  public State advance(Order order) {
    Optional<CopyRecord> found = records.find(order.run());
    if (found.isEmpty()) {
      CopyRecord first = CopyRecord.begin(order.run(), order.method(), owner, clock.instant());
      return records.insert(first) ? start(order, first) : new State.Working("just begun");
    }
    CopyRecord copy = found.get();
    if (copy.phase() == Phase.DONE || works(copy)) {
      return state(copy);
    }
    if (!copy.failure().isEmpty()) {
      return report(copy);
    }
    boolean ours = records.takeOver(copy, owner, clock.instant());
    return ours ? start(order, copy.owned(owner, clock.instant())) : state(copy);
  }

  private boolean works(CopyRecord copy) {
    if (copy.owner().equals(owner)) {
      Worker worker = workers.get(copy.run());
      return worker != null && worker.isAlive();
    }
    return copy.failure().isEmpty() && copy.beatAt().plus(dead).isAfter(clock.instant());
  }

  /** Once; asked again, the work goes on. */
  private State report(CopyRecord copy) {
    if (records.takeOver(copy, owner, clock.instant())) {
      records.save(copy.owned(owner, clock.instant()).failed(""), clock.instant());
    }
    return new State.Failed(copy.words(), copy.failure());
  }

  private State start(Order order, CopyRecord copy) {
    CopyWork work =
        new CopyWork(order, copy, records, clock, folder(order.plan(), order.run()), phases);
    Thread thread = new Thread(work::run, "copy-" + order.run());
    thread.setDaemon(true);
    workers.put(order.run(), new Worker(work, thread));
    thread.start();
    return new State.Working(copy.words());
  }

  @Override
  public Optional<State> look(RunKey run) {
    return records.find(run).map(LocalCopies::state);
  }

  @Override
  public boolean replaces(RunKey run) {
    return records.find(run).filter(c -> c.phase() == Phase.REPLACE && c.loadBegun()).isPresent();
  }

  private static State state(CopyRecord copy) {
    if (copy.phase() == Phase.DONE) {
      return new State.Copied(
          copy.words(),
          copy.start().orElseThrow(() -> new IllegalStateException("a copy without its position")));
    }
    return copy.failure().isEmpty()
        ? new State.Working(copy.words())
        : new State.Failed(copy.words(), copy.failure());
  }

  @Override
  public void clear(RunKey run, Plan plan) {
    Worker worker = workers.remove(run);
    if (worker != null) {
      worker.work().cancel().cancel();
    }
    records
        .find(run)
        .filter(copy -> copy.phase() != Phase.DONE)
        .ifPresent(copy -> records.delete(run));
    CopyFolder folder = folder(plan, run);
    if (Files.isDirectory(folder.path())) {
      new Orphans(folder.path()).end();
    }
    folder.remove();
  }

  @Override
  public Ability ability(Plan plan, long bytes) {
    return new LocalAbility(plan, bytes, root(plan)).look();
  }

  private CopyFolder folder(Plan plan, RunKey run) {
    return new CopyFolder(root(plan).resolve(run.value()));
  }

  private Path root(Plan plan) {
    return plan.copy().directory().orElse(directory).toAbsolutePath();
  }

  /** Ends the tools with Repli; the copies are taken over by the next one. */
  @Override
  public void close() {
    beats.shutdownNow();
    workers.values().forEach(worker -> worker.work().cancel().cancel());
  }
}

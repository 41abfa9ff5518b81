package dev.repli.longwork.process;

import dev.repli.host.Cancellation;
import dev.repli.longwork.WorkLostException;
import dev.repli.longwork.WorkProgress.Amount;
import dev.repli.longwork.WorkRecords;
import dev.repli.longwork.WorkWatch;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One work that this Repli holds. Once it is lost it stays so. */
final class HeldWork implements WorkWatch {
  private static final String TAKEN = "another Repli has taken it over";
  private final TaskLocks locks;
  private final WorkRecords records;
  private final Clock clock;
  private final String task;
  private final RunKey run;
  private final String work;
  private final long token;
  private final ExecutorService asking;
  private final Duration patience;
  private final Cancellation cancellation = new Cancellation();
  private volatile Amount amount = Amount.UNKNOWN;
  private final AtomicReference<@Nullable String> lost = new AtomicReference<>();
  private volatile long lastGood = System.nanoTime();

  /**
   * @param asking asks the database, which may not answer
   * @param patience longest time it may take to say whose the work is; shorter than the lock
   */
  HeldWork(
      TaskLocks locks,
      WorkRecords records,
      Clock clock,
      String task,
      RunKey run,
      String work,
      long token,
      ExecutorService asking,
      Duration patience) {
    this.locks = locks;
    this.records = records;
    this.clock = clock;
    this.task = task;
    this.run = run;
    this.work = work;
    this.token = token;
    this.asking = asking;
    this.patience = patience;
  }

  String task() {
    return task;
  }

  RunKey run() {
    return run;
  }

  String work() {
    return work;
  }

  long token() {
    return token;
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public void progress(long done, long of, String unit) {
    amount = new Amount(done, of, unit);
  }

  @Override
  public void mine() {
    if (!isLost() && !isOf()) {
      lose(TAKEN);
    }
    String why = lost.get();
    if (why != null) {
      throw ended(why);
    }
  }

  @Override
  public void stillHeld() {
    if (!isOf()) {
      lose(TAKEN);
      throw ended(TAKEN);
    }
  }

  /** Whoever asks may hold locks on a node, which a successor needs: never for long. */
  private boolean isOf() {
    try {
      Future<Boolean> asked = asking.submit(() -> records.isOf(run, work, token));
      return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw unknown("did not answer for " + patience.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw unknown("did not answer: " + e.getCause());
    } catch (RejectedExecutionException e) {
      throw unknown("is not asked any more: this Repli was stopped");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown("was not waited for");
    }
  }

  private WorkLostException unknown(String what) {
    String why = "Repli's own database " + what;
    lose(why);
    return ended(why);
  }

  private WorkLostException ended(String why) {
    return new WorkLostException("%s of run %s was ended here: %s".formatted(work, run, why));
  }

  boolean isLost() {
    return lost.get() != null;
  }

  /** Ends what runs of it. */
  void lose(String why) {
    if (lost.compareAndSet(null, why)) {
      cancellation.request();
    }
  }

  /**
   * A sign of life to the engine and the record. Work that is lost may be in the middle of
   * something long: whoever waits for its end reads in the record that it is under way still.
   */
  void beat() {
    long begun = System.nanoTime();
    TaskLocks.Answer answer = locks.extend(task);
    switch (answer) {
      case GONE -> lose("it is not wanted any more");
      case LOST -> lose("another Repli has its lock");
      case YES -> {}
    }
    if (!records.beat(run, work, token, amount, clock.instant())) {
      lose(TAKEN);
    } else if (answer == TaskLocks.Answer.YES) {
      lastGood = begun;
    }
  }

  /** Without an answer of the database another Repli may begin when the lock has run out. */
  void endIfSilentFor(Duration most) {
    if (System.nanoTime() - lastGood > most.toNanos()) {
      lose("Repli's own database did not answer for " + most.toMillis() + " ms");
    }
  }
}

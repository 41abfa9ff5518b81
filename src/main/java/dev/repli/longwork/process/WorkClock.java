package dev.repli.longwork.process;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Looks for work and gives signs of life, each in a thread of its own: none waits for another that
 * waits for a database.
 */
final class WorkClock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkClock.class);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private final LongWorker worker;
  private final TaskLocks locks;
  private final WorkSettings settings;
  private final ExecutorService threads;
  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(3, WorkClock::thread);

  /**
   * @param threads those of the worker, ended with this
   */
  WorkClock(LongWorker worker, TaskLocks locks, WorkSettings settings, ExecutorService threads) {
    this.worker = worker;
    this.locks = locks;
    this.settings = settings;
    this.threads = threads;
  }

  static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "long-work");
    thread.setDaemon(true);
    return thread;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    locks.freeOwn();
    every(settings.poll().toMillis(), worker::poll);
    every(settings.beat().toMillis(), worker::beat);
    every(settings.beat().toMillis() / 2, worker::endSilent);
  }

  private void every(long millis, Runnable task) {
    var unused = clock.scheduleWithFixedDelay(() -> safely(task), 0, millis, TimeUnit.MILLISECONDS);
  }

  /** A schedule whose task throws is never run again. */
  static void safely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.warn("long work: {}", e.getMessage());
    } catch (Error e) {
      LOG.error("a round of long work failed; the next one follows", e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    worker.stop();
    threads.shutdown();
    try {
      // what gives its work back lets another Repli begin at once; else that waits for the lock
      boolean unused = threads.awaitTermination(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

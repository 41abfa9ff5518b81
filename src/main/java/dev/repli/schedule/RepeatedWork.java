package dev.repli.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Repeats work from the moment the application is ready until it is stopped. All rounds share one
 * thread, so none runs beside another.
 */
public final class RepeatedWork implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(RepeatedWork.class);

  private final String name;
  private final ScheduledExecutorService thread;
  private final List<Runnable> schedules = new ArrayList<>();
  private final List<ExecutorService> helpers = new ArrayList<>();
  private volatile boolean running;

  /**
   * @param name of the thread, for whoever reads a log or a thread dump
   */
  public RepeatedWork(String name) {
    this.name = name;
    this.thread = Executors.newSingleThreadScheduledExecutor(threads(name));
  }

  private static ThreadFactory threads(String name) {
    CustomizableThreadFactory factory = new CustomizableThreadFactory(name + "-");
    factory.setDaemon(true);
    return factory;
  }

  /** Threads for what rounds begin and do not wait for; they end with this. */
  public Executor helpers(int count) {
    ExecutorService made = Executors.newFixedThreadPool(count, threads(name + "-helper"));
    helpers.add(made);
    return made;
  }

  /**
   * @param pause between the end of a round and the next; also before the first one
   */
  public RepeatedWork every(Duration pause, Runnable round) {
    long millis = pause.toMillis();
    schedules.add(
        () -> {
          var unused =
              thread.scheduleWithFixedDelay(
                  () -> run(round), millis, millis, TimeUnit.MILLISECONDS);
        });
    return this;
  }

  private void run(Runnable round) {
    try {
      round.run();
    } catch (RuntimeException | Error e) {
      // a schedule whose task throws is never run again, and nobody would notice
      LOG.error("a round of {} failed; the next one follows", name, e);
    }
  }

  @Override
  public void start() {
    running = true;
    schedules.forEach(Runnable::run);
  }

  @Override
  public void stop() {
    running = false;
    thread.shutdownNow();
    helpers.forEach(ExecutorService::shutdownNow);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}

package dev.repli.monitor;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Ticks from the moment the application is ready until it is stopped. */
final class MonitorClock implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(MonitorClock.class);
  private static final int THREADS = 8;

  private final Duration every;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(THREADS, MonitorClock::thread);
  private final ReplicationMonitor monitor;
  private volatile boolean running;

  MonitorClock(Duration every, Function<Executor, ReplicationMonitor> monitor) {
    this.every = every;
    this.monitor = monitor.apply(threads);
  }

  ReplicationMonitor monitor() {
    return monitor;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "replication-monitor");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void start() {
    running = true;
    var unused =
        threads.scheduleWithFixedDelay(
            this::tick, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      monitor.tick();
    } catch (RuntimeException e) {
      // a schedule whose task throws is never run again
      LOG.error("a round of the replication monitor failed; the next one follows", e);
    }
  }

  @Override
  public void stop() {
    running = false;
    threads.shutdownNow();
    monitor.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}

package dev.repli.postmortem;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks for ended rollbacks from the moment the application is ready until it is stopped. */
final class AfterRollbackClock implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(AfterRollbackClock.class);
  private static final long EVERY_MS = 5_000;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(AfterRollbackClock::thread);
  private final FindEndedRollbacks rollbacks;
  private volatile boolean running;

  AfterRollbackClock(FindEndedRollbacks rollbacks) {
    this.rollbacks = rollbacks;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "after-rollback");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void start() {
    running = true;
    var unused =
        clock.scheduleWithFixedDelay(this::tick, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      rollbacks.tick();
    } catch (RuntimeException e) {
      // a schedule whose task throws is never run again
      LOG.error("looking for ended rollbacks failed; the next look follows", e);
    }
  }

  @Override
  public void stop() {
    running = false;
    clock.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}

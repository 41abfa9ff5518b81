package dev.repli.sample;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Keeps samples from the moment the application is ready until it is stopped. */
final class SampleClock implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(SampleClock.class);
  private static final long EVERY_MS = 10_000;
  private static final long FORGET_MS = 3_600_000;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(SampleClock::thread);
  private final TakeSamples samples;
  private volatile boolean running;

  SampleClock(TakeSamples samples) {
    this.samples = samples;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "samples");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void start() {
    running = true;
    repeat(samples::tick, EVERY_MS);
    repeat(samples::forget, FORGET_MS);
  }

  private void repeat(Runnable work, long everyMs) {
    var unused =
        clock.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                // a schedule whose task throws is never run again
                LOG.error("keeping samples failed; the next round follows", e);
              }
            },
            everyMs,
            everyMs,
            TimeUnit.MILLISECONDS);
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

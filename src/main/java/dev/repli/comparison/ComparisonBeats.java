package dev.repli.comparison;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets this Repli's comparisons give their signs of life. */
final class ComparisonBeats implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ComparisonBeats.class);

  private final BackgroundComparisons background;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(ComparisonBeats::thread);

  ComparisonBeats(BackgroundComparisons background) {
    this.background = background;
    long millis = BackgroundComparisons.BEAT.toMillis();
    var unused = thread.scheduleWithFixedDelay(this::beat, millis, millis, TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "comparison-beats");
    thread.setDaemon(true);
    return thread;
  }

  /** A schedule whose task throws is never run again. */
  private void beat() {
    try {
      background.beat();
    } catch (RuntimeException e) {
      LOG.warn("no sign of life for this Repli's comparisons: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

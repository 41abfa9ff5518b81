package dev.repli.reversibility;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Measures once the application is ready, at each interval, and when something has changed. */
public final class ReversibilityClock implements AutoCloseable {
  /** What changed has to be committed first. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final ReversibilityMeter meter;
  private final Duration every;
  private final ThreadPoolTaskScheduler thread = new ThreadPoolTaskScheduler();
  private final AtomicBoolean asked = new AtomicBoolean();

  ReversibilityClock(ReversibilityMeter meter, Duration every) {
    this.meter = meter;
    this.every = every;
    thread.setThreadNamePrefix("reversibility-");
    thread.setDaemon(true);
    thread.initialize();
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    var unused = thread.scheduleWithFixedDelay(meter::tick, every);
  }

  /** Returns at once; asked for often it measures once. */
  public void soon() {
    if (asked.compareAndSet(false, true)) {
      var unused = thread.schedule(this::tick, Instant.now().plus(SOON));
    }
  }

  private void tick() {
    asked.set(false);
    meter.tick();
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}

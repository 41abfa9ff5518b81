package dev.repli.communication;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Reads, reminds and delivers from the moment the application is ready until it is stopped. */
final class MessageClock implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(MessageClock.class);
  private static final long EVERY_MS = 500;
  private static final long REMIND_MS = 10_000;

  /** Channels that are slow at the same time without the others waiting. */
  private static final int CHANNELS = 8;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(work -> thread(work, "messages"));
  private final ExecutorService channels =
      Executors.newFixedThreadPool(CHANNELS, work -> thread(work, "message-channel"));
  private final Correspondent correspondent;
  private final Cadence cadence;
  private final Postman postman;
  private volatile boolean running;

  MessageClock(Correspondent correspondent, Cadence cadence, Function<Executor, Postman> postman) {
    this.correspondent = correspondent;
    this.cadence = cadence;
    this.postman = postman.apply(channels);
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void start() {
    running = true;
    repeat(correspondent::tick, EVERY_MS);
    repeat(postman::tick, EVERY_MS);
    repeat(cadence::tick, REMIND_MS);
  }

  private void repeat(Runnable work, long everyMs) {
    var unused =
        clock.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                // a schedule whose task throws is never run again
                LOG.error("a round of the messages failed; the next one follows", e);
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
    channels.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}

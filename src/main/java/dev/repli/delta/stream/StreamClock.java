package dev.repli.delta.stream;

import java.time.Duration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Tends the streams each second, once the application is ready. */
final class StreamClock implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private final ReverseStreams streams;
  private final ThreadPoolTaskScheduler thread = new ThreadPoolTaskScheduler();

  StreamClock(ReverseStreams streams) {
    this.streams = streams;
    thread.setThreadNamePrefix("streams-");
    thread.setDaemon(true);
    thread.initialize();
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    var unused = thread.scheduleWithFixedDelay(streams::tick, EVERY);
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}

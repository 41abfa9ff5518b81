package dev.repli.host.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Carries one stream into another, in a thread of its own. */
record Pump(Thread thread, AtomicReference<@Nullable IOException> lost) {
  /**
   * @param end run when what comes can no longer be written
   */
  static Pump start(InputStream from, OutputStream to, Runnable end) {
    AtomicReference<@Nullable IOException> lost = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try (to) {
                from.transferTo(to);
              } catch (IOException e) {
                lost.set(e);
                end.run();
              }
            },
            "host-stream");
    thread.setDaemon(true);
    thread.start();
    return new Pump(thread, lost);
  }

  /** Waits for the end of the stream. */
  void finish(long seconds) throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(seconds));
    stop();
  }

  void stop() {
    thread.interrupt();
  }

  Optional<IOException> failure() {
    return Optional.ofNullable(lost.get());
  }
}

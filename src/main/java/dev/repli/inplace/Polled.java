package dev.repli.inplace;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work in a thread of its own, looked at from here until it ends. */
final class Polled {
  private static final long EVERY_SECONDS = 2;

  private Polled() {}

  /**
   * @param look must not use the sessions of the work; when it fails, there is no progress to see
   * @throws RuntimeException of the work
   */
  static void run(Runnable work, Runnable look) {
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(
            work,
            task -> {
              Thread thread = new Thread(task, "in-place");
              thread.setDaemon(true);
              thread.start();
            });
    boolean over = false;
    while (!over) {
      try {
        running.get(EVERY_SECONDS, TimeUnit.SECONDS);
        over = true;
      } catch (TimeoutException goesOn) {
        quietly(look);
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(failed.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private static void quietly(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException e) {
      // the work itself says what is wrong
    }
  }
}

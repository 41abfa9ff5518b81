package dev.repli.lab;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One way to run the demo once everything is up. */
interface Show {
  /** Plays it to its end; true when all was as it should be. */
  boolean play() throws IOException, SQLException, InterruptedException;

  /** Lets time pass; ends at once with an exception when the demo is being ended. */
  static void pause(Duration time) throws InterruptedException {
    boolean early = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    if (early) {
      throw new IllegalStateException("nobody counts this latch down");
    }
  }
}

package dev.repli.rollback;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks the migrated application as its users do. */
interface HttpLook {
  /** Sends a GET and returns at once; the answer is there within the time, and never fails. */
  CompletableFuture<Answer> get(URI url, Duration atMost);

  /** Outcome of a request. */
  sealed interface Answer permits Answered, Silent {}

  /** It answered. */
  record Answered(int status, String body) implements Answer {}

  /** It did not, or not in time. */
  record Silent(String why) implements Answer {}
}

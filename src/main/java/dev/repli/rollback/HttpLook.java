package dev.repli.rollback;

import java.net.URI;
import java.time.Duration;

/** Asks the migrated application as its users do. */
interface HttpLook {
  Answer get(URI url, Duration atMost);

  /** Outcome of a request. */
  sealed interface Answer permits Answered, Silent {}

  /** It answered. */
  record Answered(int status, String body) implements Answer {}

  /** It did not, or not in time. */
  record Silent(String why) implements Answer {}
}

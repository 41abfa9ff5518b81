package dev.repli.engine.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket per user: so many calls at once, refilled at a steady rate. Remembers a bounded
 * number of users; the one not seen for longest is forgotten first, and starts full again.
 */
final class CallLimit {
  private static final int MOST_USERS = 10_000;

  private final Clock clock;
  private final int burst;
  private final int perSecond;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_USERS;
        }
      };

  CallLimit(Clock clock, int burst, int perSecond) {
    this.clock = clock;
    this.burst = burst;
    this.perSecond = perSecond;
  }

  /** Takes one call; false when the user has to wait. */
  synchronized boolean allows(String user) {
    Instant now = clock.instant();
    Bucket old = buckets.getOrDefault(user, new Bucket(burst, now));
    double refilled = Duration.between(old.at(), now).toNanos() / 1e9 * perSecond;
    double tokens = Math.min(burst, old.tokens() + Math.max(0, refilled));
    buckets.put(user, new Bucket(tokens >= 1 ? tokens - 1 : tokens, now));
    return tokens >= 1;
  }

  private record Bucket(double tokens, Instant at) {}
}

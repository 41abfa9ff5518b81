package dev.repli.longwork.process;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this Repli does long work.
 *
 * @param lock after so long without a heartbeat another Repli takes work over, 3 s to 5 min; a
 *     third of it lies between two heartbeats
 * @param poll pause between two looks for new work
 * @param threads how much is done at once
 */
@ConfigurationProperties("repli.long-work")
record WorkSettings(
    @DefaultValue("10s") Duration lock,
    @DefaultValue("250ms") Duration poll,
    @DefaultValue("4") int threads) {
  WorkSettings {
    if (lock.compareTo(Duration.ofSeconds(3)) < 0 || lock.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("repli.long-work.lock has to be 3s to 5m, not " + lock);
    }
    if (threads < 1 || threads > 32) {
      throw new IllegalArgumentException("repli.long-work.threads has to be 1 to 32");
    }
  }

  Duration beat() {
    return lock.dividedBy(3);
  }
}

package dev.repli.monitor;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How replication is watched.
 *
 * @param enabled whether it is; without it no metric says that it is
 * @param every pause between two looks, 1 s to 10 s: sessions that stay open are idle meanwhile
 * @param lagLimit lag above this is an incident
 */
@ConfigurationProperties("repli.monitor")
public record MonitorSettings(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("5s") Duration every,
    @DefaultValue("60s") Duration lagLimit) {
  public MonitorSettings {
    if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(Duration.ofSeconds(10)) > 0) {
      throw new IllegalArgumentException("repli.monitor.every has to be 1s to 10s, not " + every);
    }
  }
}

package dev.repli.reversibility;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often the ways back are measured without being asked for.
 *
 * @param enabled whether they are; without it there are no gauges
 * @param every pause between two rounds, 10 s to 3 min: what was measured counts for 3 min
 */
@ConfigurationProperties("repli.reversibility")
public record ReversibilitySettings(
    @DefaultValue("true") boolean enabled, @DefaultValue("60s") Duration every) {
  public ReversibilitySettings {
    if (every.compareTo(Duration.ofSeconds(10)) < 0 || every.compareTo(Duration.ofMinutes(3)) > 0) {
      throw new IllegalArgumentException(
          "repli.reversibility.every has to be 10s to 3m, not " + every);
    }
  }
}

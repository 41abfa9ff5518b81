package dev.repli.incident;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * One alert of a monitoring system, as its webhook says it.
 *
 * @param firing false when it is over
 * @param summary for people; one line
 * @param startedAt when it began to fire, by the clock of the monitoring system
 * @param endedAt when it ended; meaningless while it fires
 */
public record Alert(
    boolean firing,
    Map<String, String> labels,
    String summary,
    Instant startedAt,
    Instant endedAt) {
  public Alert {
    labels = Map.copyOf(labels);
  }

  /** The same alert has the same labels: SHA-256 (hex) of them. */
  String id() {
    StringBuilder all = new StringBuilder();
    new TreeMap<>(labels)
        .forEach((name, value) -> all.append(name).append('\0').append(value).append('\0'));
    return Incident.sha256(all.toString());
  }

  /** When what it says became true, as exactly as it is kept. */
  Instant at() {
    return (firing ? startedAt : endedAt).truncatedTo(ChronoUnit.MILLIS);
  }
}

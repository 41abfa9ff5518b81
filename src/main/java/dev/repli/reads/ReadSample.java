package dev.repli.reads;

import java.time.Duration;
import java.time.Instant;

/**
 * One read of the probe, connecting included.
 *
 * @param serverId who answered; {@link #NOBODY} when it failed
 * @param error why it failed, empty when it did not
 */
public record ReadSample(Instant at, long serverId, Duration took, String error) {
  public static final long NOBODY = 0;

  public boolean failed() {
    return serverId == NOBODY;
  }
}

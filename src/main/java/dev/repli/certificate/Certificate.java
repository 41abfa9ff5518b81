package dev.repli.certificate;

import dev.repli.rollback.Findings;
import java.time.Instant;

/**
 * What was proved of the way back.
 *
 * @param at when; it ages
 */
public record Certificate(Instant at, Findings findings) {
  /** Nothing stands in the way of going back. */
  public boolean green() {
    return findings.good();
  }
}

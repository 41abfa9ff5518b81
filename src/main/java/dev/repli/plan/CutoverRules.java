package dev.repli.plan;

import java.time.Duration;
import java.util.List;

/**
 * Limits of a cutover around the writer switch.
 *
 * @param drain how long to wait for long writes on the source to end before the cutover is undone
 *     (default 60 s)
 * @param clientGrace how long clients may stay on the old writer after the switch before their
 *     sessions are ended (default 30 s)
 * @param toleratedClients accounts that may stay connected to the old writer, for example those of
 *     a proxy's health checks
 * @param proofAge a proof of the way back older than this locks the approval (default 10 min)
 * @param watch how long the cutover is watched before people are asked to close the rollback window
 *     (default 24 h)
 * @param lookEvery time between two looks of the watch (default 15 min)
 */
public record CutoverRules(
    Duration drain,
    Duration clientGrace,
    List<String> toleratedClients,
    Duration proofAge,
    Duration watch,
    Duration lookEvery) {
  /** What a plan that says nothing means. */
  public static final CutoverRules DEFAULT =
      new CutoverRules(
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          List.of("monitor", "haproxy"),
          Duration.ofMinutes(10),
          Duration.ofDays(1),
          Duration.ofMinutes(15));

  public CutoverRules {
    toleratedClients = List.copyOf(toleratedClients);
  }
}

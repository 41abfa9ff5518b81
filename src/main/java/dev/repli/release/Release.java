package dev.repli.release;

import java.time.Instant;
import java.util.Optional;

/**
 * A time during which one side of a plan had the writes.
 *
 * @param side {@code source} or {@code target}
 * @param node label of the node in the plan as it is now
 * @param version of its server, as the run that moved the writer there has verified it; empty when
 *     it did not
 * @param run that moved the writer there
 * @param since when the writer was moved (the point of no return), or took writes again in place
 * @param until when it was moved away; empty while it lasts
 * @param endedBy the run that moved it away
 * @param why what that run was asked for with, as it was reported, or the reason for which a
 *     cutover went back; empty when nobody said
 * @param learned of the post-mortem of that run; empty before one is accepted
 */
public record Release(
    String plan,
    String side,
    String node,
    Optional<String> version,
    String run,
    String runbook,
    Instant since,
    Optional<Instant> until,
    Optional<String> endedBy,
    Optional<String> why,
    Optional<Learned> learned) {

  /**
   * What people found out afterwards.
   *
   * @param cause the last why of the accepted post-mortem; empty when that is not known any more
   * @param address of the post-mortem, as a path
   */
  public record Learned(Optional<String> cause, String address) {}
}

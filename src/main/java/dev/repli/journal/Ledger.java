package dev.repli.journal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The proof at the end of a writer switch.
 *
 * @param probed false when the plan switches the probe off; then the counts are 0 and prove nothing
 * @param writeOutage last acknowledgement by the old writer to first by the new one, as the probe
 *     saw it; empty without both
 * @param acknowledged writes acknowledged to the probe
 * @param lost acknowledged and not on the new writer
 * @param duplicated on the new writer more than once, or on the old one only
 * @param aborted transactions refused at the fence, never acknowledged, by user and host
 * @param errors errors that the probe's client got, each with its count
 * @param notes limits of this proof, for people
 */
public record Ledger(
    String direction,
    boolean probed,
    Optional<Duration> writeOutage,
    long acknowledged,
    long lost,
    long duplicated,
    long aborted,
    List<String> abortedBy,
    List<String> errors,
    String markedPosition,
    List<String> notes) {
  public Ledger {
    abortedBy = List.copyOf(abortedBy);
    errors = List.copyOf(errors);
    notes = List.copyOf(notes);
  }
}

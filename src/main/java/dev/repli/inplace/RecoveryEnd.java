package dev.repli.inplace;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.util.Map;
import java.util.Optional;

/**
 * Where the recovery ends, found in the binary logs and kept in the run's journal.
 *
 * @param file the last binary log of which something comes back
 * @param offset the first byte in it that does not
 * @param gtid the GTID list there
 * @param before transactions from the backup to it
 * @param givenUp transactions from it to the upgrade
 */
record RecoveryEnd(String file, long offset, String gtid, long before, long givenUp) {
  static final String CHOSEN = "IN_PLACE_END_CHOSEN";

  /** People want everything before the upgrade. */
  static Milestone upgrade(String where) {
    return new Milestone(CHOSEN, where + " recovers up to the upgrade", Map.of());
  }

  Milestone milestone(String where) {
    return new Milestone(
        CHOSEN,
        "%s recovers up to %s; %d transactions from there to the upgrade would be given up"
            .formatted(where, this, givenUp),
        Map.of(
            "file", file,
            "offset", String.valueOf(offset),
            "gtid", gtid,
            "before", String.valueOf(before),
            "givenUp", String.valueOf(givenUp)));
  }

  /** Empty for the upgrade. */
  static Optional<RecoveryEnd> read(Journal journal, RunKey run) {
    return journal
        .newestMilestone(run, CHOSEN)
        .flatMap(
            entry ->
                entry.evidence() instanceof Milestone chosen && !chosen.facts().isEmpty()
                    ? Optional.of(of(chosen.facts()))
                    : Optional.empty());
  }

  private static RecoveryEnd of(Map<String, String> facts) {
    return new RecoveryEnd(
        text(facts, "file"),
        Long.parseLong(text(facts, "offset")),
        text(facts, "gtid"),
        Long.parseLong(text(facts, "before")),
        Long.parseLong(text(facts, "givenUp")));
  }

  private static String text(Map<String, String> facts, String name) {
    return facts.getOrDefault(name, "");
  }

  @Override
  public String toString() {
    return "%s (%s:%d)".formatted(gtid, file, offset);
  }
}

package dev.repli.web;

import dev.repli.journal.Evidence;
import dev.repli.journal.JournalEntry;
import java.time.Instant;

/**
 * One entry of a run's journal as the API shows it.
 *
 * @param kind name of the evidence's type, for example {@code Milestone}
 */
record TimelineEntry(long seq, Instant at, String kind, Evidence evidence, String hash) {
  static TimelineEntry of(JournalEntry entry) {
    return new TimelineEntry(
        entry.seq(),
        entry.at(),
        entry.evidence().getClass().getSimpleName(),
        entry.evidence(),
        entry.hash());
  }
}

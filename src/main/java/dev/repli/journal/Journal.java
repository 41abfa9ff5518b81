package dev.repli.journal;

import dev.repli.run.RunKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Append-only evidence. Every append is its own committed transaction, independent of the engine's:
 * what was written stays, also when the step that wrote it is rolled back.
 */
public interface Journal {

  /** Appends and commits. */
  JournalEntry append(RunKey run, Evidence evidence);

  /** Appends all in this order in one transaction. */
  void appendAll(RunKey run, List<? extends Evidence> evidence);

  /** All entries of a run in order; empty when there are none. */
  List<JournalEntry> read(RunKey run);

  /** The newest milestone with one of the names, if any. */
  Optional<JournalEntry> newestMilestone(RunKey run, String... names);

  /**
   * A connection of its own, opened now, for a section in which none may be opened. Same
   * guarantees; the caller closes it.
   */
  Session open(RunKey run);

  /** Appends on a connection that is already open. */
  interface Session extends AutoCloseable {
    JournalEntry append(Evidence evidence);

    /**
     * Appends the milestone unless a milestone with one of the names {@code unless} stands in this
     * run after {@code afterSeq}, atomically.
     *
     * @return empty when one stands there, and nothing was written
     */
    Optional<JournalEntry> appendUnless(
        Evidence.Milestone milestone, Collection<String> unless, long afterSeq);

    /** The newest milestone with one of the names, if any. */
    Optional<JournalEntry> newestMilestone(String... names);

    @Override
    void close();
  }

  /** Recomputes every chain. */
  Integrity check();

  /** Result of {@link #check()}. */
  sealed interface Integrity {
    /**
     * All chains hold.
     *
     * @param head SHA-256 (hex) over the newest entry of every run, see {@link Seal}
     */
    record Intact(long runs, long entries, String head) implements Integrity {}

    /** Where chains break: run, sequence number, what is wrong. */
    record Broken(List<String> findings) implements Integrity {
      public Broken {
        findings = List.copyOf(findings);
      }
    }
  }
}

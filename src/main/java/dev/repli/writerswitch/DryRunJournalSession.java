package dev.repli.writerswitch;

import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Milestones of a dry run decide nothing, neither now nor after a crash: they are written down as
 * what would have been written.
 */
final class DryRunJournalSession implements Journal.Session {
  private final RunKey run;
  private final Consumer<Evidence> evidence;

  DryRunJournalSession(RunKey run, Consumer<Evidence> evidence) {
    this.run = run;
    this.evidence = evidence;
  }

  @Override
  public JournalEntry append(Evidence happened) {
    Evidence described = described(happened);
    evidence.accept(described);
    return new JournalEntry(run, 0, Instant.EPOCH, described, "", "");
  }

  private static Evidence described(Evidence happened) {
    return happened instanceof Evidence.Milestone milestone
        ? new Evidence.CommandRun(
            "journal", milestone.name(), Duration.ZERO, "dry run: not written as a milestone")
        : happened;
  }

  @Override
  public Optional<JournalEntry> appendUnless(
      Evidence.Milestone milestone, Collection<String> unless, long afterSeq) {
    return Optional.of(append(milestone));
  }

  @Override
  public Optional<JournalEntry> newestMilestone(String... names) {
    return Optional.empty();
  }

  @Override
  public void close() {}
}

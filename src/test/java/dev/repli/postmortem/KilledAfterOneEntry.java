package dev.repli.postmortem;

import dev.repli.journal.Evidence;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.run.RunKey;
import java.util.List;
import java.util.Optional;

/** The node dies after the first thing that it writes; after that one writes as ever. */
final class KilledAfterOneEntry implements Journal {
  private final InMemoryJournal kept;
  private boolean died;

  KilledAfterOneEntry(InMemoryJournal kept) {
    this.kept = kept;
  }

  @Override
  public JournalEntry append(RunKey run, Evidence evidence) {
    JournalEntry entry = kept.append(run, evidence);
    die();
    return entry;
  }

  @Override
  public void appendAll(RunKey run, List<? extends Evidence> evidence) {
    kept.appendAll(run, evidence);
    die();
  }

  private void die() {
    if (!died) {
      died = true;
      throw new IllegalStateException("killed after an entry");
    }
  }

  @Override
  public List<JournalEntry> read(RunKey run) {
    return kept.read(run);
  }

  @Override
  public Optional<JournalEntry> newestMilestone(RunKey run, String... names) {
    return kept.newestMilestone(run, names);
  }

  @Override
  public Session open(RunKey run) {
    return kept.open(run);
  }

  @Override
  public Integrity check() {
    return kept.check();
  }
}

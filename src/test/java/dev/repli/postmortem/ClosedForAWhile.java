package dev.repli.postmortem;

import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.run.RunKey;
import dev.repli.runbook.Killed;
import java.util.List;
import java.util.Optional;

/** A journal that takes no groups of entries while the test wants it so. */
public final class ClosedForAWhile implements Journal {
  private final Journal kept;
  public volatile boolean closed;

  public ClosedForAWhile(Journal kept) {
    this.kept = kept;
  }

  @Override
  public JournalEntry append(RunKey run, Evidence evidence) {
    return kept.append(run, evidence);
  }

  @Override
  public void appendAll(RunKey run, List<? extends Evidence> evidence) {
    if (closed) {
      throw new Killed("the journal");
    }
    kept.appendAll(run, evidence);
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

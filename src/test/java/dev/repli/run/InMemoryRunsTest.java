package dev.repli.run;

import dev.repli.journal.InMemoryJournal;

final class InMemoryRunsTest extends RunsContract {
  private final InMemoryRuns runs =
      new InMemoryRuns(new KnownPlans("shop", "books"), new InMemoryJournal());

  @Override
  protected Runs runs() {
    return runs;
  }

  @Override
  protected void end(RunKey key) {
    runs.end(key, "Rolled back to source");
  }
}

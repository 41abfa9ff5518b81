package dev.repli.logical;

import dev.repli.delta.stream.StreamObjections;
import dev.repli.journal.Journal;
import dev.repli.plan.Plan;
import dev.repli.run.Runs;
import java.util.List;
import java.util.function.Supplier;

/** While a rollback imports the delta no stream does: each would double what the other brings. */
final class NoStreamBeside implements StreamObjections {
  private static final String ROLLBACK = "RollbackProcess";
  private static final int NEWEST = 50;
  private final Supplier<Runs> runs;
  private final Journal journal;

  NoStreamBeside(Supplier<Runs> runs, Journal journal) {
    this.runs = runs;
    this.journal = journal;
  }

  @Override
  public List<String> to(Plan plan) {
    return runs.get().newestReal(plan.id(), ROLLBACK, NEWEST).stream()
        .filter(run -> run.endedAt().isEmpty())
        .filter(run -> ChosenDelta.of(journal, run.key()).isPresent())
        .map(run -> "rollback " + run.key() + " imports the delta itself: end that run first")
        .toList();
  }
}

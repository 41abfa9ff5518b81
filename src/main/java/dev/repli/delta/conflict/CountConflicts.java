package dev.repli.delta.conflict;

import dev.repli.delta.conflict.HeldGroups.TableCount;
import dev.repli.delta.imports.ImportId;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.List;
import java.util.Map;

/** Says what became of every change of an import so far. */
public final class CountConflicts {
  private final CaseBook book;
  private final ConflictDesk desk;
  private final Journal journal;

  public CountConflicts(CaseBook book, ConflictDesk desk, Journal journal) {
    this.book = book;
    this.desk = desk;
    this.journal = journal;
  }

  /** The sums, and those tables of which changes were held. */
  public record Counted(DeltaSums sums, List<TableCount> tables) {
    public Counted {
      tables = List.copyOf(tables);
    }
  }

  /**
   * Counts, and lets the run's people decide about the import from now on.
   *
   * @throws dev.repli.database.NodeException when the node does not answer
   * @throws dev.repli.delta.imports.ImportException when the sums do not add up
   */
  public Counted count(Plan plan, RunKey run, ImportId id) {
    ConflictCase about = book.open(plan, run, id);
    DeltaSums sums = desk.sums(about);
    journal.append(
        run,
        new Milestone(
            "CONFLICTS_COUNTED",
            "Import " + id + ": " + sums.words(),
            Map.of(
                "import", id.value(),
                "extracted", Long.toString(sums.extracted()),
                "open", Long.toString(sums.open()),
                "resolved", Long.toString(sums.resolved()),
                "deadLettered", Long.toString(sums.deadLettered()))));
    return new Counted(sums, desk.tables(about));
  }
}

package dev.repli.logical;

import dev.repli.delta.DeltaTable;
import dev.repli.delta.conflict.CaseBook;
import dev.repli.delta.conflict.ConflictCase;
import dev.repli.delta.conflict.ConflictDesk;
import dev.repli.delta.conflict.DeltaSums;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportLimits;
import dev.repli.delta.imports.ImportRequest;
import dev.repli.delta.imports.ImportSession;
import dev.repli.delta.imports.ImportTarget;
import dev.repli.journal.Journal;
import dev.repli.plan.Account;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The one import of a run: what it is asked for, and how far it is. */
final class Imports {
  static final ImportLimits ROUNDS = ImportLimits.USUAL;

  /** Inside a switch: commits as soon as nothing more is at hand. */
  static final ImportLimits LIVE =
      new ImportLimits(50, 5_000, 100_000, Duration.ofMillis(1), 3, Duration.ofMillis(100));

  private final ImportTarget target;
  private final ConflictDesk desk;
  private final CaseBook book;
  private final Journal journal;

  Imports(ImportTarget target, ConflictDesk desk, CaseBook book, Journal journal) {
    this.target = target;
    this.desk = desk;
    this.book = book;
    this.journal = journal;
  }

  /** From now on people can decide about what it holds. */
  void open(RunKey run, Plan plan) {
    var unused = book.open(plan, run, DeltaChoice.importOf(run));
  }

  boolean begun(RunKey run) {
    return book.of(run).isPresent();
  }

  ImportRequest of(RunKey run, Plan plan, ChosenDelta choice, ImportLimits limits) {
    return new ImportRequest(
        DeltaChoice.importOf(run),
        plan.source(),
        account(plan),
        choice.policies(plan.delta(), TablePolicies.decided(journal, run)),
        Optional.of(choice.others()),
        limits);
  }

  private static Account account(Plan plan) {
    return plan.delta().account().orElse(plan.source().account());
  }

  /** Whether the source could take changes of these tables, by table. Changes nothing. */
  Map<String, ImportSession.Readiness> readiness(Plan plan, Collection<DeltaTable> tables) {
    Map<String, ImportSession.Readiness> readiness = new TreeMap<>();
    try (ImportSession session = target.open(plan.source(), account(plan))) {
      tables.forEach(table -> readiness.put(table.fullName(), session.readiness(table)));
    }
    return readiness;
  }

  /** As the source itself has it; empty before the first commit. */
  Optional<Checkpoint> checkpoint(RunKey run, Plan plan) {
    try (ImportSession session = target.open(plan.source(), account(plan))) {
      return session.checkpoint(DeltaChoice.importOf(run));
    }
  }

  ImportCounts counts(RunKey run, Plan plan) {
    return checkpoint(run, plan).map(Checkpoint::counts).orElse(ImportCounts.NONE);
  }

  /** Held changes that wait for people. */
  long undecided(RunKey run, Plan plan) {
    return desk.counts(about(run, plan)).open();
  }

  /** What became of every change that was read. */
  DeltaSums sums(RunKey run, Plan plan) {
    return desk.sums(about(run, plan));
  }

  private static ConflictCase about(RunKey run, Plan plan) {
    return new ConflictCase(DeltaChoice.importOf(run), run, plan.source(), account(plan));
  }
}

package dev.repli.logical;

import dev.repli.plan.Plan;
import dev.repli.rollback.EvidenceTable;
import dev.repli.run.RunKey;
import java.util.Map;

/** Reads the files' own counts, what is proposed for each table and what became of the changes. */
final class LookAtDelta implements DeltaLook {
  private final DeltaRounds rounds;
  private final Imports imports;
  private final TablePolicies policies;
  private final CarriedJournal journal;

  LookAtDelta(DeltaRounds rounds, Imports imports, TablePolicies policies, CarriedJournal journal) {
    this.rounds = rounds;
    this.imports = imports;
    this.policies = policies;
    this.journal = journal;
  }

  @Override
  public Seen look(RunKey run, Plan plan) {
    if (!imports.begun(run)) {
      var proposed = policies.propose(run, plan, rounds.shapes(plan, run));
      return new Seen(warned(run, CarriedCounts.table(rounds.tables(plan, run), proposed)), 0);
    }
    String tables = CarriedCounts.table(rounds.tables(plan, run), Map.of());
    String sums = imports.sums(run, plan).words();
    return new Seen(warned(run, tables + "\n" + sums), imports.undecided(run, plan));
  }

  private String warned(RunKey run, String text) {
    return journal
        .incomplete(run)
        .map(warning -> "**" + EvidenceTable.plain(warning) + "**\n\n" + text)
        .orElse(text);
  }
}

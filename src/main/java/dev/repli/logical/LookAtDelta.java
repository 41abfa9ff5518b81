package dev.repli.logical;

import dev.repli.plan.Plan;
import dev.repli.run.RunKey;

/** Reads the files' own counts and what became of the changes. */
final class LookAtDelta implements DeltaLook {
  private final DeltaRounds rounds;
  private final Imports imports;

  LookAtDelta(DeltaRounds rounds, Imports imports) {
    this.rounds = rounds;
    this.imports = imports;
  }

  @Override
  public Seen look(RunKey run, Plan plan) {
    String tables = CarriedCounts.table(rounds.tables(plan, run));
    if (!imports.begun(run)) {
      return new Seen(tables, 0);
    }
    return new Seen(tables + "\n" + imports.sums(run, plan).words(), imports.undecided(run, plan));
  }
}

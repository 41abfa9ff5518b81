package dev.repli.logical;

import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.Map;

/** Reads the files' own counts, what is proposed for each table and what became of the changes. */
final class LookAtDelta implements DeltaLook {
  private final DeltaRounds rounds;
  private final Imports imports;
  private final TablePolicies policies;

  LookAtDelta(DeltaRounds rounds, Imports imports, TablePolicies policies) {
    this.rounds = rounds;
    this.imports = imports;
    this.policies = policies;
  }

  @Override
  public Seen look(RunKey run, Plan plan) {
    if (!imports.begun(run)) {
      var proposed = policies.propose(run, plan, rounds.shapes(plan, run));
      return new Seen(CarriedCounts.table(rounds.tables(plan, run), proposed), 0);
    }
    String tables = CarriedCounts.table(rounds.tables(plan, run), Map.of());
    return new Seen(tables + "\n" + imports.sums(run, plan).words(), imports.undecided(run, plan));
  }
}

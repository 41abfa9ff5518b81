package dev.repli.logical;

import dev.repli.plan.Plan;
import dev.repli.rollback.EvidenceTable;
import dev.repli.run.RunKey;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the files' own counts, what is proposed for each table and what became of the changes. */
final class LookAtDelta implements DeltaLook {
  private final DeltaRounds rounds;
  private final Imports imports;
  private final TablePolicies policies;
  private final CarriedJournal journal;
  private final FilesElsewhere elsewhere;

  LookAtDelta(
      DeltaRounds rounds,
      Imports imports,
      TablePolicies policies,
      CarriedJournal journal,
      FilesElsewhere elsewhere) {
    this.rounds = rounds;
    this.imports = imports;
    this.policies = policies;
    this.journal = journal;
    this.elsewhere = elsewhere;
  }

  @Override
  public Seen look(RunKey run, Plan plan) {
    if (!imports.begun(run)) {
      elsewhere.refuse(run, rounds.ends(plan, run));
      Optional<String> statement = rounds.statementAtTheEnd(plan, run);
      if (statement.isPresent()) {
        String table = CarriedCounts.table(rounds.tables(plan, run), Map.of());
        return new Seen(inTheWay(statement.get()) + table, 0, false);
      }
      var proposed = policies.propose(run, plan, rounds.shapes(plan, run));
      return new Seen(warned(run, CarriedCounts.table(rounds.tables(plan, run), proposed)), 0);
    }
    // these counts are the databases' own; only the tables above them are those of the files here
    String tables = CarriedCounts.table(rounds.tables(plan, run), Map.of());
    String sums = imports.sums(run, plan).words();
    return new Seen(warned(run, tables + "\n" + sums), imports.undecided(run, plan));
  }

  private static String inTheWay(String statement) {
    return "**A statement is in the way: "
        + EvidenceTable.warning(statement)
        + "**\n\n"
        + StatementInTheWay.WHAT_TO_DO
        + ". Nothing was changed on any server. What was written before the statement:\n\n";
  }

  private String warned(RunKey run, String text) {
    return journal.incomplete(run).stream()
            .map(warning -> "**" + EvidenceTable.warning(warning) + "**\n\n")
            .collect(Collectors.joining())
        + text;
  }
}

package dev.repli.logical;

import dev.repli.delta.policy.TablePolicy;
import dev.repli.plan.Plan;
import dev.repli.rollback.EvidenceTable;
import dev.repli.run.RunKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        String before = inTheWay(statement.get());
        return new Seen(text(List.of(), before, run, plan, Map.of()), 0, false);
      }
      var changes = rounds.tables(plan, run);
      var proposed = policies.propose(run, plan, rounds.shapes(plan, run), changes);
      return new Seen(
          text(journal.missing().texts(run), "", run, plan, proposed),
          0,
          true,
          TablePolicies.asked(proposed.values(), changes));
    }
    // these counts are the databases' own; only the tables below them are those of the files here
    String sums = imports.sums(run, plan).words() + "\n\n";
    return new Seen(
        text(journal.missing().texts(run), sums, run, plan, Map.of()),
        imports.undecided(run, plan));
  }

  private String text(
      List<String> warnings,
      String before,
      RunKey run,
      Plan plan,
      Map<String, TablePolicy> proposed) {
    return new DeltaText(warnings, before, rounds.tables(plan, run), proposed).words();
  }

  private static String inTheWay(String statement) {
    return "**A statement is in the way: "
        + EvidenceTable.plain(statement, 500)
        + "**\n\n"
        + StatementInTheWay.WHAT_TO_DO
        + ". Nothing was changed on any server. What was written before the statement:\n\n";
  }
}

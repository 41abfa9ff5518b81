package dev.repli.replication;

import dev.repli.database.ActLog;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.journal.Journal;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the steps of a set-up write into the journal. */
final class SetupJournal {
  private static final String STEP = "step";
  private final Journal journal;

  SetupJournal(Journal journal) {
    this.journal = journal;
  }

  /** Statements that were sent, or would have been. */
  ActLog statements(RunKey run) {
    return (node, sql, took, outcome) ->
        journal.append(run, new StatementRun(node, sql, took, outcome));
  }

  void found(RunKey run, Findings findings) {
    List<Evidence> evidence = new ArrayList<>();
    findings
        .all()
        .forEach(
            f -> evidence.add(new Measured(f.what(), f.where(), f.found(), f.verdict().name())));
    evidence.add(
        milestone(
            SetupStep.CHECKS,
            findings.good()
                ? findings.all().size() + " things looked at, none in the way"
                : "in the way are " + findings.problems()));
    journal.appendAll(run, evidence);
  }

  void done(RunKey run, SetupStep step, String text) {
    journal.append(run, milestone(step, text));
  }

  void late(RunKey run) {
    journal.append(
        run, new Milestone("RUN_LATE", "The set-up takes longer than expected", Map.of()));
  }

  /** The set-up is given up in the middle of replacing the target's data directory. */
  void leftWithoutData(RunKey run, Plan plan) {
    String target = plan.target().label();
    journal.append(
        run,
        new Milestone(
            "TARGET_LEFT_WITHOUT_DATA",
            target
                + " is left without a whole data directory, and may be stopped. Its former data are"
                + " beside it, in a directory whose name ends in .before- and a number: move that"
                + " back and start the server",
            Map.of("target", target)));
  }

  private static Milestone milestone(SetupStep step, String text) {
    return new Milestone("SETUP_" + step.name(), text, Map.of(STEP, step.name()));
  }
}

package dev.repli.cutover;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.NodeSession;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.journal.Journal;
import dev.repli.plan.Plan;
import dev.repli.rollback.Announcements;
import dev.repli.run.RunKey;
import java.util.Map;

/**
 * Ends the rollback window: the source stops following and stays fenced, its data untouched. Going
 * back by replication is not possible any more.
 */
public final class ReleaseAssets {
  private final Databases databases;
  private final Journal journal;
  private final CutoverJournal own;

  ReleaseAssets(Databases databases, Journal journal, CutoverJournal own) {
    this.databases = databases;
    this.journal = journal;
    this.own = own;
  }

  /** Repeatable. */
  public void release(RunKey run, Plan plan) {
    ActLog log =
        (node, sql, took, outcome) ->
            journal.append(run, new StatementRun(node, sql, took, outcome));
    try (NodeSession source = databases.connect(plan.source(), plan.budgets().lease(), log)) {
      if (!source.isFenced()) {
        throw new IllegalStateException(
            plan.source().label()
                + " accepts writes, so it is not the old writer; see who moved it before the window is closed");
      }
      source.stopReplication();
      source.resetReplication();
    }
    own.note(run, "WINDOW_CLOSED", "The rollback window is closed", Map.of());
    Announcements.in(journal, false)
        .announce(
            run,
            "The rollback window of %s is closed; %s follows no more and stays fenced."
                .formatted(plan.title(), plan.source().label()),
            Map.of(Announcements.MESSAGE, "window-closed", "fromNode", plan.source().label()));
  }
}

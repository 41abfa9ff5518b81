package dev.repli.reads;

import dev.repli.plan.Plan;
import dev.repli.rollback.Findings;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import java.util.Map;

/** Gives the target another share of the reads. */
public final class MoveReads {
  private final Routes routes;
  private final ReadsJournal journal;
  private final ReadsObserver observer;

  MoveReads(Routes routes, ReadsJournal journal, ReadsObserver observer) {
    this.routes = routes;
    this.journal = journal;
    this.observer = observer;
  }

  /** Repeatable: a route that does as wanted is sent nothing. */
  public Findings move(RunKey run, Plan plan, int percent) {
    Map<String, String> before =
        journal
            .newest(run, ReadsJournal.BEFORE)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "run "
                            + run
                            + " kept no weights, so it could not go back; start a new one"));
    Map<String, String> facts = Map.of("percent", Integer.toString(percent));
    journal.note(
        run, ReadsJournal.MOVING, "The target is to get " + percent + " % of the reads", facts);
    observer.at(run, ReadsObserver.Point.BEFORE_SPREAD);
    Findings findings =
        new ReadRoutes(routes, journal.acts(run))
            .spread(plan, before, weights -> weights.withTargetShare(percent));
    observer.at(run, ReadsObserver.Point.AFTER_SPREAD);
    if (findings.good()) {
      journal.note(
          run, ReadsJournal.MOVED, "The target gets " + percent + " % of the reads", facts);
    }
    return journal.found(
        run,
        ReadsStep.MOVE,
        findings,
        findings.good() ? "weights set and read back" : "in the way are " + findings.problems());
  }
}

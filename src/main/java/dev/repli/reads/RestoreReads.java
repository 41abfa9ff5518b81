package dev.repli.reads;

import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Gives every route the weights back that it had before the run. */
public final class RestoreReads {
  private final Routes routes;
  private final ReadProbe probe;
  private final ReadsGauges gauges;
  private final ReadsJournal journal;

  RestoreReads(Routes routes, ReadProbe probe, ReadsGauges gauges, ReadsJournal journal) {
    this.routes = routes;
    this.probe = probe;
    this.gauges = gauges;
    this.journal = journal;
  }

  /** Repeatable. Nothing is sent when nothing was begun. */
  public Findings restore(RunKey run, Plan plan) {
    Optional<Map<String, String>> begun = journal.newest(run, ReadsJournal.MOVING);
    Map<String, String> before = journal.newest(run, ReadsJournal.BEFORE).orElse(Map.of());
    Findings findings =
        begun.isEmpty()
            ? new Findings(List.of(Finding.note("weights", "", "nothing was changed")))
            : restored(run, plan, before);
    if (findings.good()) {
      journal.note(run, ReadsJournal.RESTORED, "Weights are as before this run", before);
      probe.end(run);
      gauges.end(plan.id());
    }
    return journal.found(
        run,
        ReadsStep.RESTORE,
        findings,
        findings.good() ? "as before" : "in the way are " + findings.problems());
  }

  private Findings restored(RunKey run, Plan plan, Map<String, String> before) {
    ReadRoutes all = new ReadRoutes(routes, journal.acts(run));
    Findings spread = all.spread(plan, before, UnaryOperator.identity());
    return spread.good() ? spread.and(all.save(plan, before)) : spread;
  }
}

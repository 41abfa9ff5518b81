package dev.repli.reads;

import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Journal;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.ReadWeights;
import dev.repli.route.RouteSession;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.Map;

/** The dry run: every command of every step, in order and word for word, none of them sent. */
public final class RehearseReads {
  private static final String NOT_SENT = "dry run: not sent";
  private final Routes routes;
  private final ReadProbe probe;
  private final Journal journal;
  private final ReadsJournal own;

  RehearseReads(Routes routes, ReadProbe probe, Journal journal, ReadsJournal own) {
    this.routes = routes;
    this.probe = probe;
    this.journal = journal;
    this.own = own;
  }

  /**
   * @throws dev.repli.route.RouteException when a route does not answer
   */
  public void rehearse(RunKey run, Plan plan) {
    Map<String, String> before = own.newest(run, ReadsJournal.BEFORE).orElse(Map.of());
    Routes dry =
        routes.dryRun(
            act ->
                journal.append(
                    run, new CommandRun(act.route(), act.command(), Duration.ZERO, NOT_SENT)));
    for (RouteSpec spec : ReadRoutes.taking(plan, before)) {
      ReadWeights weights = ReadWeights.parse(before.getOrDefault(spec.name(), ""));
      try (RouteSession session = dry.connect(spec, plan, ActLog.NONE)) {
        plan.reads().steps().forEach(step -> session.spreadReads(weights.withTargetShare(step)));
        session.save();
      }
    }
    probe.end(run);
  }
}

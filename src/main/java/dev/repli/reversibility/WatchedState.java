package dev.repli.reversibility;

import dev.repli.delta.stream.KnownStream;
import dev.repli.monitor.PairState;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the monitor and Repli's own stream say of a plan all the time, without what is another at
 * each look, as the lag is.
 *
 * @param replication what the monitor saw last
 * @param writers how many nodes it saw accepting writes then
 */
record WatchedState(
    Function<PlanId, Optional<PairState>> replication,
    Function<PlanId, Optional<Integer>> writers,
    Function<PlanId, Optional<KnownStream>> stream) {

  /** Stays the same as long as nothing changes on which ways back hang. */
  String of(Plan plan) {
    return "%s; writers %s; stream %s"
        .formatted(
            replication.apply(plan.id()).map(WatchedState::words),
            writers.apply(plan.id()),
            stream.apply(plan.id()).map(is -> is.wanted() + " " + is.report().state()));
  }

  private static String words(PairState seen) {
    if (seen instanceof PairState.Replicating replicating) {
      return "replicating to " + replicating.replica() + ", by Repli " + replicating.byRepli();
    }
    return seen instanceof PairState.Failing failing ? failing.kind().name() : "none";
  }
}

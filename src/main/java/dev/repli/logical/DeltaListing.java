package dev.repli.logical;

import dev.repli.plan.Plan;
import dev.repli.run.RunKey;

/** What a dry run shows of the work on a delta. Looks for real, changes nothing. */
@FunctionalInterface
public interface DeltaListing {
  /** Writes every act of a part into the journal, in the order of a real run. */
  void list(RunKey run, Plan plan, DeltaPart part);
}

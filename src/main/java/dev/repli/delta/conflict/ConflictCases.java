package dev.repli.delta.conflict;

import dev.repli.delta.imports.ImportId;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.util.Optional;

/** Which run decides about which import. Repeatable. */
public interface ConflictCases {
  /**
   * An import with the plan that it runs under.
   *
   * @param planHash content hash of the plan as the run knows it
   */
  record Known(ImportId id, RunKey run, PlanId plan, String planHash) {}

  /** Keeps it; an import that is known already goes to this run. */
  void open(Known known);

  /** The newest of a run. */
  Optional<Known> of(RunKey run);
}

package dev.repli.plan;

import java.util.List;
import java.util.Optional;

/** All plans known to this Repli. A plan changed on disk affects the next run only. */
public interface Plans {
  List<Plan> all();

  Optional<Plan> find(PlanId id);

  /**
   * The plan as it was when a run started, also after it was changed or taken away, and after a
   * restart.
   *
   * @param contentHash {@link Plan#contentHash} that the run recorded
   */
  default Optional<Plan> version(PlanId id, String contentHash) {
    return find(id).filter(plan -> plan.contentHash().equals(contentHash));
  }
}

package dev.repli.plan;

import java.util.List;
import java.util.Optional;

/** All plans known to this Repli. A plan changed on disk affects the next run only. */
public interface Plans {
  List<Plan> all();

  Optional<Plan> find(PlanId id);
}

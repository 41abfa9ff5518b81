package dev.repli.rollback;

import dev.repli.database.NodeSession;
import dev.repli.plan.Plan;
import java.util.List;

/** Looks at Repli's own stream from the target to the source, where servers cannot replicate. */
@FunctionalInterface
public interface StandingStreamLook {
  /** For an application without streams. */
  StandingStreamLook NONE =
      (plan, target) ->
          List.of(
              Finding.bad(
                  "reverse stream of Repli", plan.source().label(), "nothing here streams"));

  /** Whether all that the target acknowledges arrives; takes at most some 5 s. */
  List<Finding> inspect(Plan plan, NodeSession target);
}

package dev.repli.reads;

import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.run.RunKey;
import java.time.Instant;

/** Reads through routes as applications do, all the time, for as long as somebody asks. */
public interface ReadProbe {
  /**
   * What was seen of a route since then, or since it began to look if that is later. Begins to look
   * when it does not yet: then there is nothing to see at first.
   */
  ReadWindow window(RunKey run, Plan plan, RouteSpec route, Instant since);

  /** Nobody will ask for this run any more. Repeatable. */
  void end(RunKey run);
}

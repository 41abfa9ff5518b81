package dev.repli.delta.stream;

import dev.repli.plan.Plan;
import java.util.List;

/** What speaks against a stream from a plan's target to its source now. */
@FunctionalInterface
public interface StreamObjections {
  /**
   * For people: what, where, how to mend it; empty when nothing does. Changes nothing.
   *
   * @throws dev.repli.database.NodeException when a node does not answer, so that nobody can say
   */
  List<String> to(Plan plan);
}

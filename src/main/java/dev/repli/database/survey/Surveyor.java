package dev.repli.database.survey;

import dev.repli.plan.Node;
import java.util.concurrent.Executor;

/** Reads one server technology. Changes nothing. Two for one kind fail at start. */
public interface Surveyor {
  Node.Kind kind();

  /**
   * Reads everything, each thing once, on a few connections at the same time. Never throws: what
   * could not be read says why in its section.
   *
   * @param executor runs the reading; needs several threads
   */
  NodeSurvey survey(Node node, Executor executor);
}

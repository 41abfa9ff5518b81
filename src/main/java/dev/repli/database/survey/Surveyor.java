package dev.repli.database.survey;

import dev.repli.plan.Node;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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

  /**
   * Numbers that this node would hand out and that are smaller than these.
   *
   * @param numbers next AUTO_INCREMENT or sequence value of the writer, by table
   */
  Reading<List<NumberBehind>> behind(Node node, Map<TableName, Long> numbers);

  /**
   * A number that is behind.
   *
   * @param there what the writer goes on with
   * @param here what this node would go on with
   * @param highest in the table now; empty for a sequence, and for an empty table
   */
  record NumberBehind(
      TableName table, boolean sequence, long there, long here, OptionalLong highest) {
    /** Whether a number could be handed out twice; else only numbers of undone work are missing. */
    public boolean clashes() {
      return sequence || highest.orElse(here - 1) >= here;
    }
  }
}

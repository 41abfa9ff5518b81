package dev.repli.logical;

import dev.repli.delta.TimedRows;
import dev.repli.delta.TimedTables;
import dev.repli.plan.Node;
import java.time.Instant;
import java.util.Map;

/** Where the log is there, nobody looks for rows by time columns. */
final class NoTimes implements TimedRows {
  @Override
  public TimedTables tables(Node node, Map<String, String> named) {
    throw new AssertionError("the log is there");
  }

  @Override
  public Instant now(Node node) {
    throw new AssertionError("the log is there");
  }

  @Override
  public Stream open(Node node, TimedTables chosen, Instant since) {
    throw new AssertionError("the log is there");
  }
}

package dev.repli.lab;

import dev.repli.plan.Endpoint;

/** What brings the demo's traffic to the writer. */
interface DemoRoute extends AutoCloseable {
  /** Where applications connect. */
  Endpoint endpoint();

  /** Its honest name for people. */
  String called();

  /** Its entry in the plan's list of routes, indented by two. */
  String planEntry();

  @Override
  void close();
}

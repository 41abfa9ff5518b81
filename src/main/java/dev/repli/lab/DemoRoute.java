package dev.repli.lab;

import dev.repli.plan.Endpoint;
import org.springframework.context.ApplicationContext;

/** What brings the demo's traffic to the writer. */
interface DemoRoute extends AutoCloseable {
  /** Where applications connect. */
  Endpoint endpoint();

  /** Its honest name for people. */
  String called();

  /** Its entry in the plan's list of routes. */
  String planEntry();

  /** Lets Repli know of it, where it cannot find it by the plan alone. */
  default void tell(ApplicationContext repli) {}

  @Override
  void close();
}

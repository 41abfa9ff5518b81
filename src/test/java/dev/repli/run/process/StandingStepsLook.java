package dev.repli.run.process;

import dev.repli.journal.Journal;
import java.time.Clock;
import org.camunda.bpm.engine.ProcessEngine;

/** Looks for standing steps once, as the application does again and again, for other tests. */
public final class StandingStepsLook {
  private StandingStepsLook() {}

  public static void at(ProcessEngine engine, Journal journal, Clock clock) {
    new StandingSteps(engine, journal, clock).tick();
  }
}

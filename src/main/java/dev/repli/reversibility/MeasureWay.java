package dev.repli.reversibility;

import dev.repli.plan.Plan;

/** Looks whether one way back is open. Changes nothing; takes seconds at most. */
public interface MeasureWay {
  Strategy strategy();

  /**
   * @throws RuntimeException when it could not be looked at; the way counts as unknown then
   */
  WayBack measure(Plan plan);
}

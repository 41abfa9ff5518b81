package dev.repli.rollback;

/** A step of the rollback that needs no person unless it fails. May run twice. */
public interface RollbackStep {
  /** Two for one name fail at start. */
  StepName name();

  /**
   * Performs it.
   *
   * @return what it found; the step failed unless they are {@link Findings#good()}
   */
  Findings perform(StepRequest request);
}

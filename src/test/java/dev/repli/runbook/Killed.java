package dev.repli.runbook;

/** Thrown where a test kills Repli: nothing of the job is committed, and it is run again. */
public final class Killed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Killed(String where) {
    super("killed at " + where);
  }
}

package dev.repli.longwork;

/** The work is no longer this Repli's: it was cancelled, or another has taken it over. */
public final class WorkLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WorkLostException(String message) {
    super(message);
  }
}

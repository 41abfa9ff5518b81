package dev.repli.journal;

/**
 * The journal could not be written or read. The message says what was being done and how to mend
 * it; never a secret.
 */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final boolean outcomeUnknown;

  public JournalException(String message, Throwable cause, boolean outcomeUnknown) {
    super(message, cause);
    this.outcomeUnknown = outcomeUnknown;
  }

  /**
   * True when the answer to a commit was lost and could not be found out afterwards: the entry may
   * or may not be there. False: it is certainly not there.
   */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }
}

package dev.repli.delta;

/**
 * Changes are there that cannot be read exactly. The message says which, where, and what to set or
 * to do about it; never a value.
 */
public class UnreadableDeltaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableDeltaException(String message) {
    super(message);
  }

  public UnreadableDeltaException(String message, Throwable cause) {
    super(message, cause);
  }
}

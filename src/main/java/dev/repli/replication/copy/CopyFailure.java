package dev.repli.replication.copy;

/** The copy cannot go on; the message says why and how to mend it, without a secret. */
final class CopyFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CopyFailure(String message) {
    super(message);
  }

  CopyFailure(String message, Throwable cause) {
    super(message, cause);
  }
}

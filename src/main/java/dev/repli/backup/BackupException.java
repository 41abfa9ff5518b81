package dev.repli.backup;

/** A backup that must not be used; the message says why and what to do. */
final class BackupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BackupException(String message) {
    super(message);
  }
}

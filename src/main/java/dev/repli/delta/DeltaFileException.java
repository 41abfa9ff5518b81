package dev.repli.delta;

/** A delta's file cannot be written or must not be read. The message names it. */
public class DeltaFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeltaFileException(String message) {
    super(message);
  }

  public DeltaFileException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}

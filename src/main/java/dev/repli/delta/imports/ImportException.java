package dev.repli.delta.imports;

/** An import cannot go on as it was begun. The message says why, and what to do. */
public class ImportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ImportException(String message) {
    super(message);
  }
}

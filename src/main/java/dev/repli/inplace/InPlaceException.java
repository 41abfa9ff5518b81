package dev.repli.inplace;

/** The step cannot go on; the message says what, where, and how to mend it. */
final class InPlaceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InPlaceException(String message) {
    super(message);
  }
}

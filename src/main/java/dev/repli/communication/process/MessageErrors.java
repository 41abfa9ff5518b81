package dev.repli.communication.process;

/** Messages that the model of the approval catches. */
final class MessageErrors {
  static final String ABORT_REQUESTED = "AbortRequested";

  private MessageErrors() {}
}

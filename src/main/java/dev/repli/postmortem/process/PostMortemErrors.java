package dev.repli.postmortem.process;

/** Messages that the model of the post-mortem catches. */
final class PostMortemErrors {
  static final String ABORT_REQUESTED = "AbortRequested";

  private PostMortemErrors() {}
}

package dev.repli.postmortem.process;

/** Messages and errors that the models of the post-mortem catch. */
final class PostMortemErrors {
  static final String ABORT_REQUESTED = "AbortRequested";

  /** People take over: a step failed, and nobody wants it to be tried again. */
  static final String CONTINGENCY_PLAN = "ContingencyPlan";

  private PostMortemErrors() {}
}

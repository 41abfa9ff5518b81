package dev.repli.postmortem;

/** What Repli itself does for a post-mortem. Each may be repeated. */
public enum PostMortemStep {
  DRAFT(
      "Nothing was changed by this. Read the error: see that Repli's own database has room, and that"
          + " the plan of the rollback is still there. Then try again; the rollback's own report is"
          + " there in any case."),
  PUBLISH(
      "What was accepted is kept. Read the error: see that Repli's own database has room. Then try"
          + " again; nothing is published twice."),
  FIRST_REMINDER(Hints.REMIND),
  LAST_REMINDER(Hints.REMIND),
  OVERDUE(Hints.REMIND);

  private final String hint;

  PostMortemStep(String hint) {
    this.hint = hint;
  }

  /** What people try first when it fails. */
  public String hint() {
    return hint;
  }

  /** Whoever reads that a call failed can make it; a post-mortem without its text is none. */
  public boolean skippable() {
    return this != DRAFT && this != PUBLISH;
  }

  private static final class Hints {
    private static final String REMIND =
        "Tell the writers yourself that the post-mortem is due, and see that the journal can be"
            + " written. Then try again, or skip it.";
  }
}

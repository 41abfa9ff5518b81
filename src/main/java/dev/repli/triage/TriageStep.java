package dev.repli.triage;

/** What Repli itself does in a triage. Each may be repeated. */
public enum TriageStep {
  RECORD(
      "record the incident",
      "See that Repli's own database answers and has room, and that the metrics of the plan can be"
          + " asked. Skipped, the triage goes on without the evidence of the beginning."),
  EVALUATE(
      "evaluate the criteria",
      "Nobody evaluates the criteria while this is open: look at the metrics yourself, and start a"
          + " rollback by hand if it is urgent. See that Repli's own database answers and that the"
          + " table of the criteria can be read. Skipped at the beginning, the triage asks people;"
          + " before a rollback, criteria start none."),
  LOOK_FOR_NEWS(
      "look whether the fix can still wait",
      "Nobody looks whether it becomes worse while this is open: look at the metrics yourself. See"
          + " that Repli's own database answers."),
  MEASURE_WAYS(
      "measure the ways back",
      "See that both nodes and Repli's own database answer. A rollback can be started by hand; it"
          + " measures for itself."),
  START_ROLLBACK(
      "start the rollback",
      "Look whether a run with the key of this incident's rollback is there: then it began. Else see"
          + " that the plan is still there, and try again: the criteria and the ways back are looked"
          + " at first, and what was approved with the cutover counts down anew; it is never started"
          + " twice. A rollback can also be started by hand."),
  LOOK_AT_ROLLBACK(
      "look at the rollback",
      "The rollback is a run of its own and goes on; nobody calls its approvers from here while this"
          + " is open. See that Repli's own database answers.");

  private final String words;
  private final String hint;

  TriageStep(String words, String hint) {
    this.words = words;
    this.hint = hint;
  }

  /** As people read it. */
  public String words() {
    return words;
  }

  /** What people try first when it fails. */
  public String hint() {
    return hint + " Without an answer Repli tries again by itself after 5 minutes.";
  }

  /** Whether the triage can go on to something safe without it. */
  public boolean skippable() {
    return this == RECORD || this == EVALUATE;
  }
}

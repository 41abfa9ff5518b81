package dev.repli.replication;

/** The steps of a set-up, in order. Each may run twice. */
public enum SetupStep {
  CHECKS("Each line says what to change and where; nothing was touched yet."),
  ACCOUNT(
      "See the replication account on the source and the way from the target to the source:"
          + " address, port, TLS, authentication plugin."),
  COPY(
      "See the error of the copying program. What is copied already is not copied again when you"
          + " try again."),
  START("See SHOW SLAVE STATUS and the error log of the target."),
  PROOF(
      "See SHOW SLAVE STATUS on the target. An SQL thread that stopped with an empty error has"
          + " written the reason into the server's error log.");

  private final String hint;

  SetupStep(String hint) {
    this.hint = hint;
  }

  /** What people try first when the step fails. */
  public String hint() {
    return hint;
  }
}

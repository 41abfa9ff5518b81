package dev.repli.host;

/**
 * A host did not do what was asked. The message names the host, what was being done, why it failed
 * and how to mend it; never a secret.
 */
public final class HostException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Action action;

  public HostException(String host, String doing, String why, Action action) {
    super(host + ": " + doing + ": " + why);
    this.action = action;
  }

  public HostException(String host, String doing, String why, Throwable cause, Action action) {
    super(host + ": " + doing + ": " + why, cause);
    this.action = action;
  }

  /** Who has to act. */
  public Action action() {
    return action;
  }

  /** Who has to act before it can work. */
  public enum Action {
    CORRECT_INPUT,
    WAIT_AND_RETRY,
    REPAIR_TARGET
  }
}

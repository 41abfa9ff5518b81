package dev.repli.plan;

/** Reads secrets at the moment they are used. */
public interface Secrets {
  /**
   * The secret's text without a trailing line break.
   *
   * @throws UnresolvedSecretException when the variable or file is missing or empty; its message
   *     names the reference only
   */
  String resolve(SecretRef reference);

  /** A secret reference that leads nowhere. */
  final class UnresolvedSecretException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnresolvedSecretException(SecretRef reference, String why) {
      super("secret " + reference.value() + " cannot be read: " + why);
    }
  }
}

package dev.repli.run;

/** Remembers, for a week, what a caller used an idempotency key for. */
public interface RequestKeys {

  /**
   * Notes the use; safe when equal requests arrive at the same time.
   *
   * @param caller authenticated user, 1 to 255 characters
   * @param key the caller's key, 1 to 255 characters
   * @param requestHash SHA-256 (hex) of method, address and body
   */
  Use use(String caller, String key, String requestHash);

  /** Whether a key may be used for a request. */
  enum Use {
    /** Never seen, or seen for the same request. */
    ALLOWED,
    /** Used before for another request. */
    TAKEN
  }
}

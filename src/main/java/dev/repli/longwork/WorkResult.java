package dev.repli.longwork;

/** How work ended. */
public sealed interface WorkResult {

  /** It is done, by this call or already before. */
  record Done() implements WorkResult {}

  /**
   * It could not be done.
   *
   * @param why for people: what, where, how to mend it; never a secret
   */
  record Failed(String why) implements WorkResult {}
}

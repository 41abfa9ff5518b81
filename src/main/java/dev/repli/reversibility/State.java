package dev.repli.reversibility;

/** What a way back is worth now. */
public enum State {
  /** It can be gone and loses nothing acknowledged. */
  OPEN,
  /** It can be gone, and acknowledged writes can be lost. */
  LOSES,
  /** It cannot be gone as things are. */
  CLOSED,
  /** Nobody can tell; counts as closed wherever somebody decides by it. */
  UNKNOWN
}

package dev.repli.host;

import java.util.Set;

/**
 * How a command ended.
 *
 * @param exit of a pipe: not 0 when either program's was not
 * @param output the last {@link Tail#KEPT} bytes at most of what it wrote, empty when it was
 *     streamed
 * @param errors the last of what it said of errors
 * @param ending why it ended
 */
public record HostResult(int exit, String output, String errors, Ending ending) {
  /**
   * Its mark cannot be locked; cannot be executed; not found; killed by HUP, INT, KILL (also when
   * memory ends) and TERM; ended in an unknown way, far away.
   */
  private static final Set<Integer> NOT_ITS_OWN = Set.of(73, 126, 127, 129, 130, 137, 143, 255);

  /** Why a command ended. */
  public enum Ending {
    /** By itself. */
    EXITED,
    /** Killed after its time. */
    OUT_OF_TIME,
    /** Killed since nobody wants it any more. */
    CANCELLED,
    /** Never begun: another command of its mark runs. */
    REFUSED_BUSY;

    /** The first of its reasons, in this order. */
    public static Ending of(boolean busy, boolean cancelled, boolean late) {
      if (busy) {
        return REFUSED_BUSY;
      }
      if (cancelled) {
        return CANCELLED;
      }
      return late ? OUT_OF_TIME : EXITED;
    }
  }

  /** By itself and with 0. */
  public boolean good() {
    return ending == Ending.EXITED && exit == 0;
  }

  /**
   * Whether somebody else ended it or kept it from working: killed, out of time, cancelled, not
   * found, not allowed. Its status then says nothing of what it worked on. A program that aborts or
   * crashes by itself has ended by itself.
   */
  public boolean cutShort() {
    return ending != Ending.EXITED || NOT_ITS_OWN.contains(exit);
  }

  /** In a few words, with the end of what it said. */
  public String why() {
    String said = errors.strip();
    String end = said.length() <= 600 ? said : "…" + said.substring(said.length() - 600);
    return switch (ending) {
      case EXITED -> "it ended with status " + exit + (end.isEmpty() ? "" : ": " + end);
      case OUT_OF_TIME -> "it took too long and was killed" + (end.isEmpty() ? "" : ": " + end);
      case CANCELLED -> "it was cancelled";
      case REFUSED_BUSY -> "another one is running on this host";
    };
  }
}

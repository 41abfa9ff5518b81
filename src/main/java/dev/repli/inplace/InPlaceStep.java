package dev.repli.inplace;

import java.util.Locale;

/** The steps in their order. Until {@link #SWITCH_VERSION} has worked everything can be undone. */
public enum InPlaceStep {
  /** Looks whether this way is open, and remembers what the other steps need. */
  INSPECT("Read what is bad; it names the backup, the disk, or the binary log to look at."),
  /** The backup becomes a data directory beside the one in use; the server still serves. */
  RESTORE("See the disk space, and whether the backup can be read; nothing was changed yet."),
  /** No writes any more, then no server any more. */
  STOP("See why the server does not stop: a long transaction, or its service."),
  /** The restored directory takes the place of today's, which is kept. */
  SWAP("See the owner of the folder above the data directory."),
  /** The programs of the release before. */
  SWITCH_VERSION("See the output of the plan's switchBack command: packages, repositories."),
  /** It answers, refuses writes, and its tables are those of the backup. */
  START("It does not start: permissions, the backup, disk space; see the server's own log."),
  /** Everything from the backup to the upgrade is written again. */
  RECOVER("See the error of the server; the step goes on where it stopped."),
  /** What was written since the upgrade is written again, or given up. */
  DELTA("See the error of the server; the step goes on where it stopped."),
  /** It takes writes again. */
  OPEN("See whether the server answers, and its version.");

  private final String hint;

  InPlaceStep(String hint) {
    this.hint = hint;
  }

  /** What people look at first when it failed. */
  public String hint() {
    return hint;
  }

  /** In the journal and as the name of its work. */
  public String word() {
    return "in-place-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

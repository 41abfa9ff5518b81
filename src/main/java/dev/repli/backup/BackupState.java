package dev.repli.backup;

/** What is known of a backup. */
public sealed interface BackupState {
  /** Restored for real, and unchanged since. */
  record Proved(Backup backup, BackupFacts facts) implements BackupState {}

  /** Nobody has restored it yet. */
  record Unproved(Backup backup) implements BackupState {}

  /**
   * Not to be used.
   *
   * @param why with what to do
   */
  record Refused(Backup backup, String why) implements BackupState {}
}

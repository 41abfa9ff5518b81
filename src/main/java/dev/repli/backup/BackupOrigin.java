package dev.repli.backup;

import java.util.Optional;

/**
 * Whether a backup is one of the instance that would be restored: its binary log must have had the
 * backup's GTID at the backup's position. No name and no server id would tell two copies of one
 * server apart.
 */
public final class BackupOrigin {
  private BackupOrigin() {}

  /** What to ask the instance. */
  public static String question(BackupFacts.Start start) {
    if (!start.file().matches("[A-Za-z0-9_.-]{1,200}")) {
      throw new IllegalArgumentException("the backup names no binary log: " + start.file());
    }
    return "SELECT BINLOG_GTID_POS('" + start.file() + "', " + start.offset() + ")";
  }

  /**
   * @param answer of the instance; empty for {@code NULL}
   * @return why not; empty when it is one of this instance
   */
  public static Optional<String> refusal(BackupFacts.Start start, Optional<String> answer) {
    if (start.gtid().isEmpty()) {
      return Optional.of(
          "the backup has no GTID, so that nothing proves of which server it is; take another one");
    }
    if (answer.isEmpty()) {
      return Optional.of(
          "the server has no position %s any more, or never had: the backup is one of another"
                  .formatted(start)
              + " server, or the binary log since the backup was purged; without it writes after"
              + " the backup could not come back");
    }
    return answer.get().equals(start.gtid())
        ? Optional.empty()
        : Optional.of(
            "the server was at %s where the backup is at %s: the backup is one of another server"
                .formatted(answer.get(), start));
  }
}

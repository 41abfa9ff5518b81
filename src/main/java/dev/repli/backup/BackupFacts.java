package dev.repli.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a real restore has shown of a backup.
 *
 * @param checksum SHA-256 of the backup as it was restored
 * @param serverVersion of the server that was backed up
 * @param start where its data stand in the binary log
 * @param tables by {@code schema.table}
 * @param took how long unpacking and preparing took then; empty in a note that does not say it
 */
public record BackupFacts(
    String checksum,
    String serverVersion,
    Start start,
    Map<String, Table> tables,
    Instant restoredAt,
    Optional<Duration> took) {
  public BackupFacts {
    tables = new TreeMap<>(tables);
  }

  /**
   * A position in the binary log; it stands in the backup only, and is not copied back with it.
   *
   * @param gtid empty where the server had none yet
   */
  public record Start(String file, long offset, String gtid) {
    @Override
    public String toString() {
      return file + ":" + offset + (gtid.isEmpty() ? "" : " (" + gtid + ")");
    }
  }

  /**
   * @param checksum of {@code CHECKSUM TABLE}
   */
  public record Table(long rows, String checksum) {}
}

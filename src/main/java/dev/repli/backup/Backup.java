package dev.repli.backup;

import java.nio.file.Path;
import java.time.Instant;

/**
 * One physical backup, as it lies on the node's machine.
 *
 * @param bytes length of all its files
 * @param changedAt when its file or directory last changed, to the second
 */
public record Backup(Path path, Form form, long bytes, Instant changedAt) {
  /** How it was written. */
  public enum Form {
    /** {@code mariadb-backup --backup --target-dir}. */
    DIRECTORY,
    /** {@code --stream=mbstream}. */
    STREAM,
    /** The same through gzip. */
    STREAM_GZIP
  }

  public String name() {
    return String.valueOf(path.getFileName());
  }

  /** Where what was found out about it is kept: beside it. */
  public Path note() {
    return path.resolveSibling(name() + BackupNotes.SUFFIX);
  }
}

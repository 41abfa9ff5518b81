package dev.repli.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the target gets its first copy of the data, before it replicates.
 *
 * @param account may read everything on the source and write everything on the target; empty when
 *     Repli's own account may
 * @param tools folder with {@code mariadb-dump}, {@code mariadb} and {@code mariadb-backup}, of the
 *     target's release
 * @param mysqlTools folder with {@code mysqldump}, for a source that is MySQL
 * @param directory where the copy is kept meanwhile; empty for a folder of Repli's own
 * @param schemas empty for all but those of the server itself
 * @param expected longer marks the run late
 * @param files needed for a physical copy
 */
public record InitialCopy(
    Method method,
    Optional<Account> account,
    Path tools,
    Path mysqlTools,
    Optional<Path> directory,
    List<String> schemas,
    Duration expected,
    Optional<Files> files) {
  private static final Path USUAL_TOOLS = Path.of("/usr/bin");

  /** What a plan means that says nothing of the copy. */
  public static final InitialCopy USUAL =
      new InitialCopy(
          Method.AUTO,
          Optional.empty(),
          USUAL_TOOLS,
          USUAL_TOOLS,
          Optional.empty(),
          List.of(),
          Duration.ofHours(1),
          Optional.empty());

  public InitialCopy {
    schemas = List.copyOf(schemas);
  }

  /** Which copy. */
  public enum Method {
    /** Physical where both sides allow it, else a dump. */
    AUTO,
    /** {@code mariadb-dump} or {@code mysqldump}. */
    DUMP,
    /** {@code mariadb-backup}; replaces the target's data directory. */
    BACKUP
  }

  /**
   * What a physical copy needs on this machine.
   *
   * @param sourceData data directory of the source, readable
   * @param targetData data directory of the target, which is replaced
   * @param stop program and arguments that stop the target, run without a shell
   * @param start program and arguments that start it
   */
  public record Files(Path sourceData, Path targetData, List<String> stop, List<String> start) {
    public Files {
      stop = List.copyOf(stop);
      start = List.copyOf(start);
    }
  }
}

package dev.repli.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The machine of a node, for work on its files. Paths are absolute and of that machine.
 *
 * @param owner of the data directory, {@code user:group}
 * @param server program that {@link #start} starts, asked for its version
 * @param stop program and arguments that stop the server and return when it is down
 * @param start program and arguments that start it
 * @param backups where physical backups are
 * @param previous how the release before the upgrade comes back
 */
public record Machine(
    HostAccess access,
    Path dataDirectory,
    String owner,
    Path server,
    List<String> stop,
    List<String> start,
    Optional<Backups> backups,
    Optional<Previous> previous) {
  public Machine {
    stop = List.copyOf(stop);
    start = List.copyOf(start);
  }

  /**
   * Physical backups.
   *
   * @param directory each backup is a directory in it, or a file {@code *.mbstream} or {@code
   *     *.mbstream.gz}
   * @param scratch where a backup is restored to be checked; needs room for the data
   * @param rehearse how long after the last proof of a backup the next one begins by itself; empty:
   *     only when somebody asks for it
   */
  public record Backups(Path directory, Path scratch, Optional<Duration> rehearse) {
    public Backups(Path directory, Path scratch) {
      this(directory, scratch, Optional.empty());
    }
  }

  /**
   * The release before an upgrade in place.
   *
   * @param version as its beginning, for example {@code 10.11}
   * @param tools folder with its {@code mariadbd}, {@code mariadb}, {@code mariadb-backup}, {@code
   *     mbstream} and {@code mariadb-binlog}
   * @param switchBack program and arguments that make {@link Machine#server} this release again
   */
  public record Previous(String version, Path tools, List<String> switchBack) {
    public Previous {
      switchBack = List.copyOf(switchBack);
    }
  }
}

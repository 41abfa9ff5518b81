package dev.repli.database.survey;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The disks of a server's machine, as the server tells.
 *
 * @param unknown why they are not known; empty when they are
 */
public record Disks(List<Disk> all, String unknown) {
  public Disks {
    all = List.copyOf(all);
  }

  /** Nothing is known of them. */
  public static Disks unknown(String why) {
    return new Disks(List.of(), why);
  }

  public boolean known() {
    return unknown.isEmpty();
  }

  /**
   * A disk.
   *
   * @param path where it is mounted
   * @param free for others than root
   */
  public record Disk(String path, long bytes, long free) {
    boolean holds(String file) {
      return path.equals("/") || file.equals(path) || file.startsWith(path + "/");
    }
  }

  /** The disk that a file or folder is on. */
  public Optional<Disk> of(String file) {
    return all.stream()
        .filter(disk -> disk.holds(file))
        .max(Comparator.comparingInt(disk -> disk.path().length()));
  }
}

package dev.repli.backup;

import dev.repli.backup.BackupFacts.Start;
import dev.repli.host.HostFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code mariadb-backup} has written down in a backup, under the names of both releases. */
record BackupInfo(String serverVersion, Start start) {
  private static final List<String> INFO = List.of("mariadb_backup_info", "xtrabackup_info");
  private static final List<String> POSITION =
      List.of("mariadb_backup_binlog_info", "xtrabackup_binlog_info");

  static boolean isIn(HostFiles files, Path directory) {
    return INFO.stream().anyMatch(name -> files.exists(directory.resolve(name)));
  }

  /**
   * @throws BackupException when something is missing
   */
  static BackupInfo read(HostFiles files, Path directory) {
    String info = first(files, directory, INFO);
    String version =
        info.lines()
            .filter(line -> line.startsWith("server_version = "))
            .map(line -> line.substring("server_version = ".length()).strip())
            .findFirst()
            .orElseThrow(() -> missing(INFO + " with a server_version"));
    String[] words = first(files, directory, POSITION).strip().split("\t", -1);
    if (words.length < 2 || !words[1].matches("[0-9]{1,18}")) {
      throw missing("a position in " + POSITION);
    }
    String gtid = words.length > 2 ? words[2] : "";
    return new BackupInfo(version, new Start(words[0], Long.parseLong(words[1]), gtid));
  }

  private static String first(HostFiles files, Path directory, List<String> names) {
    Optional<Path> found = names.stream().map(directory::resolve).filter(files::exists).findFirst();
    return files.read(found.orElseThrow(() -> missing(String.join(" or ", names))));
  }

  private static BackupException missing(String what) {
    return new BackupException(
        "it has no " + what + "; it was not made on a server with a binary log, or not to its end");
  }
}

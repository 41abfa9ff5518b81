package dev.repli.replication.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where one run keeps its copy; nobody but Repli's user may read it. */
record CopyFolder(Path path) {
  private static final FileAttribute<?> OWN_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OWN_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  void make() {
    try {
      Files.createDirectories(path, OWN_FOLDER);
    } catch (IOException e) {
      throw new CopyFailure(
          "the folder %s cannot be made: %s; see copy.directory of the plan"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  Path dump(String workId) {
    return path.resolve("dump-" + workId + ".sql");
  }

  /** An unfinished dump, as only its own attempt knows it. */
  Path draft(String workId) throws IOException {
    return Files.createFile(path.resolve("dump-" + workId + ".draft"), OWN_FILE);
  }

  Path backup(String workId) {
    return path.resolve("backup-" + workId);
  }

  /** Deletes what earlier attempts have left. */
  void clear() {
    if (!Files.isDirectory(path)) {
      return;
    }
    try (Stream<Path> all = Files.list(path)) {
      List<Path> left = all.toList();
      left.forEach(CopyFolder::delete);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear " + path, e);
    }
  }

  void remove() {
    if (Files.isDirectory(path)) {
      delete(path);
    }
  }

  static void delete(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + root, e);
    }
  }
}

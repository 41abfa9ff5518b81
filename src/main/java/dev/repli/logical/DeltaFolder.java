package dev.repli.logical;

import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a run's delta: numbered from 1, each going on where the one before it ends. */
final class DeltaFolder {
  private static final String SUFFIX = ".delta";
  private final Path folder;

  DeltaFolder(Path root, Plan plan, RunKey run) {
    this.folder = root.resolve(plan.id().value()).resolve(run.value());
  }

  /** Finished files in their order. */
  List<Path> finished() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("listing " + folder, e);
    }
  }

  /** What there is of a file that was begun. */
  static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  /** The file after the finished ones; it may have been begun. */
  Path next() {
    return folder.resolve("%06d%s".formatted(finished().size() + 1, SUFFIX));
  }
}

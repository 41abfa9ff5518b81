package dev.repli.replication.copy;

import dev.repli.plan.InitialCopy;
import dev.repli.plan.Plan;
import dev.repli.replication.Copies.Ability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether programs, folders and space for a copy are on this machine. */
record LocalAbility(Plan plan, long bytes, Path root) {

  Ability look() {
    Optional<String> space = space();
    return new Ability(
        program(ToolCommands.dumpProgram(plan))
            .or(() -> program(plan.copy().tools().resolve("mariadb")))
            .or(() -> space),
        backup().or(() -> space));
  }

  private Optional<String> backup() {
    Optional<InitialCopy.Files> files = plan.copy().files();
    if (files.isEmpty()) {
      return Optional.of(
          "the plan has no copy.files: the data directories are not on this machine");
    }
    if (!Files.isReadable(files.get().sourceData().resolve("ibdata1"))) {
      return Optional.of(files.get().sourceData() + " is not a data directory that Repli may read");
    }
    if (!Files.isWritable(files.get().targetData())) {
      return Optional.of(files.get().targetData() + " is not a directory that Repli may replace");
    }
    return program(plan.copy().tools().resolve("mariadb-backup"));
  }

  private static Optional<String> program(Path program) {
    return Files.isExecutable(program)
        ? Optional.empty()
        : Optional.of(
            program + " is not a program on this machine; see copy.tools and copy.mysqlTools");
  }

  private Optional<String> space() {
    Path there = root;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
      long free = Files.getFileStore(there).getUsableSpace();
      return free > bytes
          ? Optional.empty()
          : Optional.of(
              "%s has %d MB free, the copy needs about %d MB"
                  .formatted(root, free / 1_000_000, bytes / 1_000_000));
    } catch (IOException e) {
      return Optional.of("the free space of " + root + " cannot be read: " + e.getMessage());
    }
  }
}

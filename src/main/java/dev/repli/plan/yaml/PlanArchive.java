package dev.repli.plan.yaml;

import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of every plan file that was ever in use, so that a run can go on with the plan it started
 * with, also after that plan was changed and Repli was started again.
 */
final class PlanArchive {
  private static final Logger LOG = LoggerFactory.getLogger(PlanArchive.class);

  private final Path directory;

  /**
   * An archive on disk.
   *
   * @param directory made when the first plan is kept
   */
  PlanArchive(Path directory) {
    this.directory = directory;
  }

  void keep(Path file, Plan plan) {
    Path kept = path(plan.id(), plan.contentHash());
    if (Files.exists(kept)) {
      return;
    }
    try {
      Files.createDirectories(directory);
      Path copy = Files.createTempFile(directory, plan.id() + "-", ".tmp");
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      if (read(copy, plan.id(), plan.contentHash()).isPresent()) {
        Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.delete(copy); // the file changed again meanwhile: its next reading keeps that version
      }
    } catch (IOException e) {
      LOG.error(
          "cannot keep a copy of plan {} in {}; a run of it will not find its plan when the plan is"
              + " changed and Repli is started again before the run ends",
          plan.id(),
          directory,
          e);
    }
  }

  Optional<Plan> find(PlanId id, String contentHash) {
    Path kept = path(id, contentHash);
    return Files.exists(kept) ? read(kept, id, contentHash) : Optional.empty();
  }

  private static Optional<Plan> read(Path file, PlanId id, String contentHash) {
    return PlanFile.read(file) instanceof PlanFile.Good good
            && good.plan().id().equals(id)
            && good.plan().contentHash().equals(contentHash)
        ? Optional.of(good.plan())
        : Optional.empty();
  }

  private Path path(PlanId id, String contentHash) {
    if (!contentHash.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not the content hash of a plan");
    }
    return directory.resolve(id + "-" + contentHash + ".yaml");
  }
}

package dev.repli.plan.yaml;

import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plans of a directory. A file that changes is read again at the next use; while it is wrong,
 * the last good plan stays and the error is logged once.
 */
final class DirectoryPlans implements Plans {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryPlans.class);

  private final PlanSettings settings;
  private final Function<PlanFile.Good, List<PlanError>> startupCheck;
  private final PlanArchive archive;
  private final Map<Path, PlanFile.Good> plans;
  private final Map<String, Plan> versions = new HashMap<>();
  private final Map<Path, Stamp> stamps = new LinkedHashMap<>();

  /** What tells that a file was changed. */
  private record Stamp(long modified, long bytes, @Nullable Object file) {}

  /**
   * @param startupCheck what a changed plan has to pass besides being readable
   * @throws InvalidPlansException when any file is wrong
   */
  DirectoryPlans(PlanSettings settings, Function<PlanFile.Good, List<PlanError>> startupCheck) {
    this.settings = settings;
    this.startupCheck = startupCheck;
    PlanDirectory.files(settings).forEach(path -> stamps.put(path, stamp(path)));
    this.plans = new LinkedHashMap<>(PlanDirectory.readAll(settings));
    this.archive = new PlanArchive(settings.dataDir().resolve("plans"));
    plans.forEach(this::keep);
    LOG.info("{} plans in {}", plans.size(), settings.plansDir().toAbsolutePath());
  }

  @Override
  public synchronized List<Plan> all() {
    refresh();
    return plans.values().stream().map(PlanFile.Good::plan).toList();
  }

  @Override
  public Optional<Plan> find(PlanId id) {
    return all().stream().filter(plan -> plan.id().equals(id)).findFirst();
  }

  @Override
  public synchronized Optional<Plan> version(PlanId id, String contentHash) {
    Plan seen = versions.get(contentHash);
    return seen != null && seen.id().equals(id) ? Optional.of(seen) : archive.find(id, contentHash);
  }

  private void keep(Path path, PlanFile.Good file) {
    versions.put(file.plan().contentHash(), file.plan());
    archive.keep(path, file.plan());
  }

  private void refresh() {
    List<Path> files = PlanDirectory.files(settings);
    for (Path gone : Set.copyOf(stamps.keySet())) {
      if (!files.contains(gone)) {
        stamps.remove(gone);
        plans.remove(gone);
        LOG.warn("plan file {} is gone, and its plan with it", gone);
      }
    }
    for (Path path : files) {
      Stamp now = stamp(path);
      if (!now.equals(stamps.put(path, now))) {
        readAgain(path);
      }
    }
  }

  private void readAgain(Path path) {
    PlanFile read = PlanFile.read(path);
    List<PlanError> errors =
        read instanceof PlanFile.Good file ? takeOver(path, file) : read.errors();
    if (!errors.isEmpty()) {
      LOG.error(
          "plan file {} was changed and is wrong; {}:\n{}",
          path,
          plans.containsKey(path) ? "the plan read before stays in use" : "it is not used",
          errors.stream().map(PlanError::message).collect(Collectors.joining("\n")));
    }
  }

  private List<PlanError> takeOver(Path path, PlanFile.Good file) {
    Map<Path, PlanFile.Good> others = new LinkedHashMap<>(plans);
    others.remove(path);
    List<PlanError> errors = PlanDirectory.sameId(file, others);
    if (errors.isEmpty()) {
      errors = startupCheck.apply(file);
    }
    if (errors.isEmpty()) {
      plans.put(path, file);
      keep(path, file);
      LOG.info("plan {} was read again from {}", file.plan().id(), path);
    }
    return errors;
  }

  private static Stamp stamp(Path path) {
    try {
      BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(is.lastModifiedTime().toMillis(), is.size(), is.fileKey());
    } catch (NoSuchFileException e) {
      return new Stamp(0, -1, null); // gone between the listing and now: the next use sees it
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot look at plan file " + path, e);
    }
  }
}

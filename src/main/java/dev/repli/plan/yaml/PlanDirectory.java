package dev.repli.plan.yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of a plans directory, read all at once. */
final class PlanDirectory {
  private PlanDirectory() {}

  /** Direct children named *.yaml, by name. */
  static List<Path> files(PlanSettings settings) {
    Path directory = settings.plansDir();
    if (!Files.isDirectory(directory)) {
      if (settings.mayBeMissing()) {
        return List.of();
      }
      throw new InvalidPlansException(
          List.of(
              new PlanError(
                  directory.toString(),
                  Place.FILE,
                  "is not a directory",
                  "in repli.plans-dir: a directory with one *.yaml file for each plan",
                  "")));
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .filter(path -> path.getFileName().toString().endsWith(".yaml"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the plans in " + directory, e);
    }
  }

  /**
   * All plans of the directory, each once.
   *
   * @throws InvalidPlansException with everything that is wrong with any of them
   */
  static Map<Path, PlanFile.Good> readAll(PlanSettings settings) {
    Map<Path, PlanFile.Good> good = new LinkedHashMap<>();
    List<PlanError> errors = new ArrayList<>();
    for (Path path : files(settings)) {
      PlanFile read = PlanFile.read(path);
      errors.addAll(read.errors());
      if (read instanceof PlanFile.Good file) {
        errors.addAll(sameId(file, good));
        good.put(path, file);
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidPlansException(errors);
    }
    return good;
  }

  /** An error when one of the others has the same id. */
  static List<PlanError> sameId(PlanFile.Good file, Map<Path, PlanFile.Good> others) {
    return others.values().stream()
        .filter(other -> other.plan().id().equals(file.plan().id()))
        .map(
            other ->
                new PlanError(
                    file.file(),
                    file.places().getOrDefault("id", Place.FILE),
                    "is also the id of the plan in " + other.file(),
                    "an id of its own",
                    ""))
        .toList();
  }
}

package dev.repli.inplace;

import dev.repli.host.HostFiles;
import dev.repli.journal.Evidence.Milestone;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the data directory really is, and how another one takes its place: by its name where that
 * can be renamed. A mount point cannot, so what is in it moves, and what is restored and kept lies
 * in it, too: a rename never leaves a file system.
 *
 * @param named in the plan; may be a link
 * @param real without links
 * @param mounted whether something is mounted exactly there
 */
record DataPlace(Path named, Path real, boolean mounted) {
  private static final String FOUND = "IN_PLACE_DIRECTORY";
  private static final List<String> OWN = List.of("kept", "restored");

  /** Of file systems; nobody moves it, and it holds no data. */
  private static final String FOUND_BY_FSCK = "lost+found";

  /** As it is now. Also while the directory itself is away for a moment. */
  static DataPlace look(InPlaceNode at, HostFiles files) {
    Path real = files.real(at.data());
    return new DataPlace(at.data(), real, files.exists(real) && files.isMountPoint(real));
  }

  /** As the run found it; the same from its first to its last step. */
  static DataPlace of(Scene scene) {
    return scene
        .journal()
        .newestMilestone(scene.run(), FOUND)
        .flatMap(
            entry ->
                entry.evidence() instanceof Milestone found
                    ? Optional.of(
                        new DataPlace(
                            scene.at.data(),
                            Path.of(found.facts().getOrDefault("real", "")),
                            "true".equals(found.facts().get("mounted"))))
                    : Optional.empty())
        .orElseGet(() -> look(scene.at, scene.files));
  }

  /**
   * Before something changes places with it.
   *
   * @throws InPlaceException when it is no longer what people were told
   */
  void mustBeAsFound(Scene scene) {
    DataPlace now = look(scene.at, scene.files);
    if (!now.equals(this)) {
      throw new InPlaceException(
          "%s: the data directory was %s when it was inspected, and is %s now; make it again what it was, then try again"
              .formatted(scene.host.label(), words(), now.words()));
    }
  }

  Milestone milestone(String node) {
    return new Milestone(
        FOUND,
        "%s: the data directory is %s".formatted(node, words()),
        Map.of("real", real.toString(), "mounted", String.valueOf(mounted)));
  }

  /** For people. */
  String words() {
    if (mounted) {
      return "the mount point %s: what is in it changes places, within it".formatted(real);
    }
    return real.equals(named)
        ? "a plain directory"
        : "a link to %s: that one changes places".formatted(real);
  }

  /** Where everything is restored and kept. */
  Path folder() {
    return mounted ? real : real.resolveSibling("");
  }

  /** Where today's data are kept. */
  Path kept(String run) {
    return own("kept", run);
  }

  /** Where the backup is restored. */
  Path restored(String run) {
    return own("restored", run);
  }

  private Path own(String kind, String run) {
    String name = InPlaceNode.safe(run);
    return folder().resolve(prefix(kind) + (mounted ? asDatabase(name) : name));
  }

  /**
   * A server takes a folder in its data directory for a database, and {@code mariadb-upgrade} gives
   * one another name that is not written as it writes names of databases.
   */
  private static String asDatabase(String name) {
    return name.replace("-", "@002d").replace(".", "@002e");
  }

  /** Whether a name in the folder is of data that a run has kept or restored. */
  boolean isKept(String name) {
    return OWN.stream().anyMatch(kind -> name.startsWith(prefix(kind)));
  }

  private String prefix(String kind) {
    return mounted ? "repli_" + kind + "_" : real.getFileName() + ".repli-" + kind + "-";
  }

  /** Of the data themselves, without what runs have kept or restored. */
  long bytes(HostFiles files) {
    return files.bytes(
        real, mounted ? OWN.stream().map(kind -> prefix(kind) + "*").toList() : List.of());
  }

  /** Of a directory's content what belongs to the server. */
  List<String> servers(List<String> content) {
    return content.stream()
        .filter(name -> !name.equals(FOUND_BY_FSCK) && !(mounted && isKept(name)))
        .toList();
  }
}

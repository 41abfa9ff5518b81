package dev.repli.inplace;

import dev.repli.host.Host;
import dev.repli.host.HostException;
import dev.repli.host.HostFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What earlier runs have kept or left beside the data directory; as large as the data, each. */
record KeptData(DataPlace place, Host host) {

  /** For people: each with its size and since when, and how to remove it; empty without any. */
  String words() {
    HostFiles files = new HostFiles(host);
    List<Path> found =
        files.list(place.folder()).stream()
            .filter(name -> place.isKept(name))
            .map(place.folder()::resolve)
            .toList();
    return found.isEmpty()
        ? ""
        : "; of earlier runs %s; once nobody needs it any more, remove it on %s as root: rm -r <directory>"
            .formatted(
                found.stream().map(path -> words(files, path)).collect(Collectors.joining(", ")),
                host.label());
  }

  private static String words(HostFiles files, Path path) {
    try {
      return files
          .look(path)
          .map(
              entry ->
                  "%s (%d MB, last changed %s)"
                      .formatted(
                          path,
                          files.bytes(path) >> 20,
                          Instant.ofEpochSecond(entry.changedSeconds())))
          .orElse(path + " (just gone)");
    } catch (HostException unreadable) {
      return path + " (size unknown)";
    }
  }
}

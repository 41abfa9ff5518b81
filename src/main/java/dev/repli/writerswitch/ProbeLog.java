package dev.repli.writerswitch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the write probe's clients saw, one line per write, kept in files so that it outlives a kill
 * of Repli: each line is handed to the operating system before the next write begins.
 */
final class ProbeLog implements AutoCloseable {
  private final Writer out;

  private ProbeLog(Writer out) {
    this.out = out;
  }

  /** One write as its client saw it; {@code atMicros} since the epoch, when the answer came. */
  record Line(String id, long atMicros, Seen seen, String text) {}

  /** What the client saw. */
  enum Seen {
    ACKNOWLEDGED,
    REFUSED,
    UNKNOWN
  }

  static ProbeLog open(Path directory, String switchId, String route) {
    try {
      Files.createDirectories(directory);
      return new ProbeLog(
          Files.newBufferedWriter(
              directory.resolve(switchId + "--" + route + ".log"),
              StandardCharsets.UTF_8,
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "the write probe cannot keep its log in " + directory, failure);
    }
  }

  void write(Line line) {
    try {
      out.write(
          line.id()
              + "\t"
              + line.atMicros()
              + "\t"
              + line.seen()
              + "\t"
              + line.text().replaceAll("\\s+", " ")
              + "\n");
      out.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException("the write probe cannot write its log", failure);
    }
  }

  /**
   * All lines of a switch, by route in the order of writing. A last line that a kill cut short is
   * left out.
   */
  static List<List<Line>> read(Path directory, String switchId) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<List<Line>> routes = new ArrayList<>();
      for (Path file :
          files
              .filter(path -> path.getFileName().toString().startsWith(switchId + "--"))
              .sorted()
              .toList()) {
        routes.add(Files.readString(file).lines().flatMap(ProbeLog::parse).toList());
      }
      return routes;
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "the write probe's log in " + directory + " cannot be read", failure);
    }
  }

  private static Stream<Line> parse(String text) {
    List<String> parts = List.of(text.split("\t", -1));
    return parts.size() == 4
        ? Stream.of(
            new Line(
                parts.get(0),
                Long.parseLong(parts.get(1)),
                Seen.valueOf(parts.get(2)),
                parts.get(3)))
        : Stream.empty();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

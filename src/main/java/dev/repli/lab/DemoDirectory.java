package dev.repli.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The temporary directory that holds everything the demo writes; closing removes it. */
record DemoDirectory(Path path) implements AutoCloseable {
  static DemoDirectory create() throws IOException {
    // short: a unix socket's path has 107 characters at most
    return new DemoDirectory(Files.createTempDirectory("repli-demo-"));
  }

  @Override
  public void close() {
    try {
      removeAll();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path + "; remove it by hand", e);
    }
  }

  private void removeAll() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(path)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException gone) {
      return;
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }
}

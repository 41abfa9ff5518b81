package dev.repli.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The demo as its own program, as a reader runs it. */
final class DemoProcess implements AutoCloseable {
  /** The packaged program: with the tests' class path Spring would find each process twice. */
  private static final String JAR = "target/repli.jar";

  private final Process process;
  private final Path output;
  private final Path temp;

  private DemoProcess(Process process, Path output, Path temp) {
    this.process = process;
    this.output = output;
    this.temp = temp;
  }

  /**
   * Starts it.
   *
   * @param folder for its output and, below it, its temporary files
   */
  static DemoProcess start(Path folder, String... arguments) throws IOException {
    Path temp = Files.createDirectories(folder.resolve("t"));
    Path output = folder.resolve("output.txt");
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Djava.io.tmpdir=" + temp,
                    "-jar",
                    JAR,
                    "demo"),
                Stream.of(arguments))
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new DemoProcess(process, output, temp);
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Servers and proxies that it started. */
  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /** What it has written to its temporary directory. */
  List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files.toList();
    }
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for its end; returns its exit status, -1 when it still runs. */
  int exitStatus(long seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @Override
  public void close() {
    List<ProcessHandle> left = Stream.concat(process.descendants(), detached()).toList();
    process.destroyForcibly();
    left.forEach(ProcessHandle::destroyForcibly);
  }

  /** A server that was started over the host's port is nobody's child; its files are the demo's. */
  private Stream<ProcessHandle> detached() {
    return ProcessHandle.allProcesses()
        .filter(
            other ->
                other.info().commandLine().filter(l -> l.contains(temp.toString())).isPresent());
  }
}

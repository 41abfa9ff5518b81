package dev.repli.replication.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Tools of a Repli that was killed go on by themselves. Their numbers are kept beside the copy, so
 * that a successor ends them before it writes where they write.
 */
record Orphans(Path folder) {
  private static final String SUFFIX = ".process";
  private static final int SECONDS_TO_DIE = 20;

  void remember(String name, ProcessHandle process) {
    try {
      Files.writeString(folder.resolve(name + SUFFIX), identity(process));
    } catch (IOException e) {
      process.destroyForcibly();
      throw new CopyFailure("writing into " + folder + ": " + e.getMessage(), e);
    }
  }

  /** A number alone may be another process by now; with its begin it is this one. */
  private static String identity(ProcessHandle process) {
    return process.pid() + " " + process.info().startInstant().map(Instant::toString).orElse("?");
  }

  /** Ends those that live, and returns when they are dead. */
  void end() {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
        living(Files.readString(file)).ifPresent(Orphans::end);
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for tools in " + folder, e);
    }
  }

  private static Optional<ProcessHandle> living(String identity) {
    String number = identity.split(" ", 2)[0];
    return number.matches("[0-9]{1,18}")
        ? ProcessHandle.of(Long.parseLong(number))
            .filter(process -> identity(process).equals(identity))
        : Optional.empty();
  }

  private static void end(ProcessHandle process) {
    List<ProcessHandle> all = Stream.concat(Stream.of(process), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      if (each.onExit()
          .completeOnTimeout(each, SECONDS_TO_DIE, TimeUnit.SECONDS)
          .join()
          .isAlive()) {
        throw new CopyFailure(
            "process %d of an earlier Repli does not end; end it, then try again"
                .formatted(each.pid()));
      }
    }
  }
}

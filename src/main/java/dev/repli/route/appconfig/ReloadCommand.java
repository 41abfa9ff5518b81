package dev.repli.route.appconfig;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs the program that makes an application read its configuration: no shell, its own small
 * environment (Repli's may hold secrets), no input, bounded in time and output.
 */
record ReloadCommand(List<String> words, Duration atMost) {
  private static final Set<String> ENVIRONMENT = Set.of("PATH", "HOME", "USER", "LANG", "TZ");
  private static final int SHOWN = 300;

  /**
   * @throws IOException when it cannot be started, takes too long or ends with another status than
   *     0; shows the end of its output, with what looks like a secret left out
   */
  void run() throws IOException {
    Path output = Files.createTempFile("repli-reload", ".log");
    try {
      Process process = start(output);
      if (!ended(process)) {
        throw new IOException("did not end within " + atMost + " and was killed" + shown(output));
      }
      if (process.exitValue() != 0) {
        throw new IOException("ended with status " + process.exitValue() + shown(output));
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private Process start(Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            // a file, since a daemon that the program leaves behind would keep a pipe open
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().keySet().retainAll(ENVIRONMENT);
    return builder.start();
  }

  private boolean ended(Process process) throws IOException {
    try {
      if (process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      kill(process);
      return false;
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw new IOException("was interrupted", e);
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static String shown(Path output) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(SHOWN, file.length())];
      file.seek(file.length() - end.length);
      file.readFully(end);
      String text = withoutSecrets(new String(end, StandardCharsets.UTF_8)).strip();
      return text.isEmpty() ? "" : "; its output ended: " + text;
    }
  }

  static String withoutSecrets(String text) {
    return text.replaceAll(
            "(?i)(pass(?:word|wd|phrase)?|pwd|secret|token|credential|api[_-]?key)(\\W{0,3}[=:]\\s*|\\s+)\\S+",
            "$1$2***")
        .replaceAll("(://[^\\s/:@]*:)[^\\s/@]*@", "$1***@")
        .replaceAll("\\p{Cntrl}+", " ");
  }
}

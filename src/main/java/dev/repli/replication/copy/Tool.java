package dev.repli.replication.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tool as a child process. What it says of errors goes into a file beside the copy. */
final class Tool {
  private static final int LONGEST_ERROR = 1200;
  private final String name;
  private final Process process;
  private final Path errors;

  private Tool(String name, Process process, Path errors) {
    this.name = name;
    this.process = process;
    this.errors = errors;
  }

  /** What a tool's standard output is for. */
  enum Output {
    READ,
    UNWANTED
  }

  /**
   * @param password seen by this process only; empty when it needs none
   */
  static Tool start(List<String> command, String password, Output output, Path folder) {
    String name = String.valueOf(Path.of(command.get(0)).getFileName());
    Path errors = folder.resolve(name + ".errors");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    if (output == Output.UNWANTED) {
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }
    if (!password.isEmpty()) {
      builder.environment().put("MYSQL_PWD", password);
    }
    Tool tool = started(name, builder, errors);
    new Orphans(folder).remember(name, tool.process.toHandle());
    return tool;
  }

  private static Tool started(String name, ProcessBuilder builder, Path errors) {
    try {
      return new Tool(name, builder.start(), errors);
    } catch (IOException e) {
      throw new CopyFailure(
          "%s does not start: %s. Is it there, and may Repli run it?"
              .formatted(builder.command().get(0), e.getMessage()),
          e);
    }
  }

  /** Runs one that neither reads nor writes. */
  static void run(List<String> command, String password, Path folder, Cancel cancel) {
    Tool tool = start(command, password, Output.UNWANTED, folder);
    cancel.watch(tool);
    tool.closeInput();
    tool.finish();
  }

  /** Runs one of the operators' own, which neither a cancel nor a successor ends. */
  static void operate(List<String> command, Path folder) {
    String name = String.valueOf(Path.of(command.get(0)).getFileName());
    Path errors = folder.resolve(name + ".errors");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(errors.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Tool tool = started(name, builder, errors);
    tool.closeInput();
    tool.finish();
  }

  InputStream output() {
    return process.getInputStream();
  }

  OutputStream input() {
    return process.getOutputStream();
  }

  private void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // it ended already, which its exit says better
    }
  }

  /** Waits for its end. */
  void finish() {
    try {
      while (!process.waitFor(1, TimeUnit.DAYS)) {
        // a copy may take days
      }
    } catch (InterruptedException e) {
      end();
      Thread.currentThread().interrupt();
      throw new CopyFailure(name + " was interrupted", e);
    }
    if (process.exitValue() != 0) {
      throw new CopyFailure(
          "%s ended with %d: %s".formatted(name, process.exitValue(), lastErrors()));
    }
  }

  void end() {
    process.destroyForcibly();
  }

  String lastErrors() {
    try {
      String text = Files.readString(errors, StandardCharsets.UTF_8).strip();
      return text.length() <= LONGEST_ERROR
          ? text
          : "…" + text.substring(text.length() - LONGEST_ERROR);
    } catch (IOException e) {
      return "it left no message in " + errors;
    }
  }
}

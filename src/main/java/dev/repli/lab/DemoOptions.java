package dev.repli.lab;

import dev.repli.plan.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the demo runs.
 *
 * @param auto does the people's part too, and ends
 * @param dryRun shows what the runbook would do, and ends
 * @param port wished for Repli; another one is taken when it is in use
 * @param log file for Repli's own log; else it is in the demo's directory and goes away with it
 */
record DemoOptions(Kind kind, boolean auto, boolean dryRun, int port, Optional<String> log) {
  /** What is shown. */
  enum Kind {
    /** One rollback after a cutover. */
    ROLLBACK("rollback"),
    /** Cutovers and rollbacks in turn, from the source on. */
    CUTOVER("cutover"),
    /** One rollback to a source that follows no more. */
    LOGICAL("logical"),
    /** One rollback of a server that was upgraded on its own machine. */
    IN_PLACE("in-place"),
    /** A slow network behind the new writer, from the alert to what is written about it. */
    INCIDENT("incident");

    private final String argument;

    Kind(String argument) {
      this.argument = argument;
    }

    private static Optional<Kind> of(String argument) {
      return Stream.of(values())
          .filter(kind -> kind != ROLLBACK && kind.argument.equals(argument))
          .findFirst();
    }
  }

  DemoOptions {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 1..65535");
    }
  }

  static final String USAGE =
      "usage: demo [cutover|logical|in-place|incident] [--auto] [--dry-run] [--port=8080] [--log=FILE]";

  /** What the demo is about, as in REST paths. */
  String runbook() {
    return kind == Kind.CUTOVER ? "cutover" : "rollback";
  }

  /** Who writes when the demo begins: after a cutover the target. */
  Node.Role firstWriter() {
    return kind == Kind.CUTOVER ? Node.Role.SOURCE : Node.Role.TARGET;
  }

  /** Of all clients together; in place each write is written again while nobody can write. */
  int writesPerSecond() {
    return kind == Kind.IN_PLACE ? 100 : 400;
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException for one that is not known; the message says which are
   */
  static DemoOptions of(List<String> arguments) {
    Kind kind = Kind.ROLLBACK;
    boolean auto = false;
    boolean dryRun = false;
    int port = 8080;
    Optional<String> log = Optional.empty();
    for (String argument : arguments) {
      String value = argument.substring(argument.indexOf('=') + 1);
      Optional<Kind> named = Kind.of(argument);
      if (named.isPresent()) {
        kind = only(kind, named.get());
      } else if (argument.equals("--auto")) {
        auto = true;
      } else if (argument.equals("--dry-run")) {
        dryRun = true;
      } else if (argument.matches("--port=\\d{1,5}")) {
        port = Integer.parseInt(value);
      } else if (argument.matches("--log=.+")) {
        log = Optional.of(value);
      } else {
        throw new IllegalArgumentException("unknown argument " + argument + "; " + USAGE);
      }
    }
    return new DemoOptions(kind, auto, dryRun, port, log);
  }

  private static Kind only(Kind before, Kind named) {
    if (before != Kind.ROLLBACK && before != named) {
      throw new IllegalArgumentException(
          before.argument + " and " + named.argument + " are two demos; " + USAGE);
    }
    return named;
  }
}

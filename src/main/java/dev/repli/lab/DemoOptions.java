package dev.repli.lab;

import java.util.List;
import java.util.Optional;

/**
 * How the demo runs.
 *
 * @param auto does the people's part too, and ends
 * @param dryRun shows what a rollback would do, and ends
 * @param port wished for Repli; another one is taken when it is in use
 * @param log file for Repli's own log; else it is in the demo's directory and goes away with it
 */
record DemoOptions(boolean auto, boolean dryRun, int port, Optional<String> log) {
  DemoOptions {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 1..65535");
    }
  }

  static final String USAGE = "usage: demo [--auto] [--dry-run] [--port=8080] [--log=FILE]";

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException for one that is not known; the message says which are
   */
  static DemoOptions of(List<String> arguments) {
    boolean auto = false;
    boolean dryRun = false;
    int port = 8080;
    Optional<String> log = Optional.empty();
    for (String argument : arguments) {
      String value = argument.substring(argument.indexOf('=') + 1);
      if (argument.equals("--auto")) {
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
    return new DemoOptions(auto, dryRun, port, log);
  }
}

package dev.repli.lab;

import dev.repli.plan.Node;
import java.util.List;
import java.util.Optional;

/**
 * How the demo runs.
 *
 * @param cutover plays cutovers and rollbacks in turn, from the source on; else one rollback after
 *     a cutover
 * @param auto does the people's part too, and ends
 * @param dryRun shows what the runbook would do, and ends
 * @param port wished for Repli; another one is taken when it is in use
 * @param log file for Repli's own log; else it is in the demo's directory and goes away with it
 */
record DemoOptions(
    boolean cutover,
    boolean logical,
    boolean auto,
    boolean dryRun,
    int port,
    Optional<String> log) {
  DemoOptions {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 1..65535");
    }
  }

  static final String USAGE =
      "usage: demo [cutover|logical] [--auto] [--dry-run] [--port=8080] [--log=FILE]";

  /** What the demo is about, as in REST paths. */
  String runbook() {
    return cutover ? "cutover" : "rollback";
  }

  /** Who writes when the demo begins: after a cutover the target. */
  Node.Role firstWriter() {
    return cutover ? Node.Role.SOURCE : Node.Role.TARGET;
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException for one that is not known; the message says which are
   */
  static DemoOptions of(List<String> arguments) {
    boolean cutover = false;
    boolean logical = false;
    boolean auto = false;
    boolean dryRun = false;
    int port = 8080;
    Optional<String> log = Optional.empty();
    for (String argument : arguments) {
      String value = argument.substring(argument.indexOf('=') + 1);
      if (argument.equals("cutover")) {
        cutover = true;
      } else if (argument.equals("logical")) {
        logical = true;
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
    if (cutover && logical) {
      throw new IllegalArgumentException("cutover and logical are two demos; " + USAGE);
    }
    return new DemoOptions(cutover, logical, auto, dryRun, port, log);
  }
}

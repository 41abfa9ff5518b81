package dev.repli.watch;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.host.Allowed;
import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostException;
import dev.repli.host.HostLog;
import dev.repli.host.HostResult;
import dev.repli.host.Hosts;
import dev.repli.plan.Machine;
import dev.repli.plan.Node;
import dev.repli.rollback.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The same where the plan names the machine of a node: its disk, memory and load, and the end of
 * the server's error log. Only reads.
 */
final class MachineLook {
  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final String TAIL = "/usr/bin/tail";

  /** Of the log; more than that in a quarter of an hour says enough. */
  private static final int BYTES = 200_000;

  private static final Allowed ALLOWED = Allowed.FILES.program(TAIL);

  /** By the clock and in the time zone in which the server writes its log. */
  static final String LOG =
      "SELECT CONCAT(DATE_FORMAT(CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', %s) - INTERVAL 15 MINUTE,"
          + " '%%Y-%%m-%%d %%H:%%i:%%s'), ' ', @@datadir, '\n', @@log_error)";

  private static final int TIME = "2026-01-31 23:59:59".length();

  /** Asked for when needed: most plans have no machine. */
  private final Supplier<Hosts> hosts;

  MachineLook(Supplier<Hosts> hosts) {
    this.hosts = hosts;
  }

  List<Finding> look(NodeSession session, Machine machine) {
    Node node = session.node();
    try (Host host = hosts.get().connect(machine.access(), ALLOWED, HostLog.NONE)) {
      List<Finding> findings = new ArrayList<>();
      findings.add(disk(node, host, machine.dataDirectory()));
      findings.add(
          Finding.note(
              "memory and load", node.label(), memory(host) + "; load " + read(host, "loadavg")));
      findings.add(log(session, node, host));
      return findings;
    } catch (HostException e) {
      String why = ServerLook.NOT_LOOKED + PlainLine.of(String.valueOf(e.getMessage()));
      return List.of(
          Finding.note(ServerLook.DISK, node.label(), why),
          Finding.note(ServerLook.LOG, node.label(), why));
    }
  }

  private static Finding disk(Node node, Host host, Path data) {
    String[] lines =
        run(host, "/bin/df", "-B1", "--output=avail,size", data.toString()).strip().split("\n", -1);
    String[] numbers = lines[lines.length - 1].strip().split(" +", -1);
    return ServerLook.space(node, Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
  }

  private static String memory(Host host) {
    return read(host, "meminfo")
        .lines()
        .filter(line -> line.startsWith("MemTotal") || line.startsWith("MemAvailable"))
        .map(line -> line.replaceAll(" +", " "))
        .reduce((one, other) -> one + ", " + other)
        .orElse("memory not known");
  }

  private static String read(Host host, String what) {
    return run(host, "/usr/bin/head", "-c", "4096", "/proc/" + what).strip();
  }

  private static Finding log(NodeSession session, Node node, Host host) {
    String zone = node.kind() == Node.Kind.MYSQL ? "'+00:00'" : "'SYSTEM'";
    try {
      Optional<String> said = session.queryText(LOG.formatted(zone), SHORT);
      return Finding.note(
          ServerLook.LOG,
          node.label(),
          said.map(text -> log(host, text))
              .orElse(ServerLook.NOT_LOOKED + "the server does not say where it is"));
    } catch (NodeException | HostException e) {
      String why = ServerLook.NOT_LOOKED + PlainLine.of(String.valueOf(e.getMessage()));
      return Finding.note(ServerLook.LOG, node.label(), why);
    }
  }

  /**
   * @param said since when, a blank, the data directory, a new line, the log's file
   */
  private static String log(Host host, String said) {
    String since = said.substring(0, TIME);
    String[] paths = said.substring(TIME + 1).split("\n", -1);
    String file = paths[paths.length - 1];
    if (file.isBlank() || file.equals("stderr")) {
      return ServerLook.NOT_LOOKED + "the server writes it to no file (log_error)";
    }
    Path log = Path.of(paths[0]).resolve(file);
    List<String> errors =
        run(host, TAIL, "-c", Integer.toString(BYTES), "--", log.toString())
            .lines()
            .filter(line -> line.contains("[ERROR]") && line.length() > TIME)
            .filter(line -> time(line).compareTo(since) >= 0)
            .toList();
    return ServerLook.errors(errors.size(), errors.isEmpty() ? "" : errors.get(errors.size() - 1));
  }

  /** MariaDB writes {@code 2026-03-01 8:05:09} with two blanks, MySQL with a T. */
  private static String time(String line) {
    return line.substring(0, TIME).replace('T', ' ').replace("  ", " 0");
  }

  private static String run(Host host, String... words) {
    HostResult result = host.run(HostCommand.looks(SHORT, List.of(words)));
    if (!result.good()) {
      throw new HostException(
          host.label(),
          "look at " + words[words.length - 1],
          result.why(),
          HostException.Action.REPAIR_TARGET);
    }
    return result.output();
  }
}

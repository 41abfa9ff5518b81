package dev.repli.watch;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.plan.Node;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server tells of itself over SQL: how it does with connections and memory, its disk, and
 * the errors in its log. Little of it is bad by itself: people compare the rounds. Changes nothing.
 */
final class ServerLook {
  static final String CONNECTIONS = "connections";
  static final String REFUSED = "refused or broken connections";
  static final String MEMORY = "buffer pool";
  static final String DISK = "disk of the data";
  static final String LOG = "error log";
  static final String NOT_LOOKED = "not looked at: ";

  /** Behind the number that the next look compares with. */
  private static final String SINCE_START = " since the server's start";

  /** From here on an application that opens some connections more is refused. */
  private static final double CONNECTIONS_FULL = 0.95;

  /** Databases stop when it is full. */
  static final double DISK_LEAST = 0.05;

  private static final Duration SHORT = Duration.ofSeconds(5);

  static final String COUNTERS =
      "SELECT GROUP_CONCAT(CONCAT(LOWER(variable_name), '=', variable_value) SEPARATOR ' ') FROM"
          + " %s.global_status WHERE LOWER(variable_name) IN ('threads_connected',"
          + " 'threads_running', 'aborted_connects', 'aborted_clients',"
          + " 'connection_errors_max_connections', 'innodb_buffer_pool_pages_total',"
          + " 'innodb_buffer_pool_pages_free', 'innodb_buffer_pool_wait_free',"
          + " 'innodb_row_lock_current_waits', 'uptime')";

  static final String LIMIT = "SELECT @@GLOBAL.max_connections";

  static final String DISK_OF_DATA =
      "SELECT CONCAT(available * 1024, ' ', total * 1024) FROM information_schema.disks WHERE"
          + " @@datadir LIKE CONCAT(path, '%') ORDER BY LENGTH(path) DESC LIMIT 1";

  private static final String ERRORS =
      "SELECT CONCAT(COUNT(*), ' ', COALESCE(LEFT(MAX(CONCAT(logged, ' ', data)), 200), '')) FROM"
          + " performance_schema.error_log WHERE prio = 'Error' AND logged >= NOW() - INTERVAL 15"
          + " MINUTE";

  private ServerLook() {}

  /** The text of a look, or why there is none. */
  private record Said(Optional<String> text, String why) {}

  /**
   * @param machine whether Repli can look at the machine itself, which tells of disk and log better
   * @param before what {@link #REFUSED} said at the look before; empty at the first
   */
  static List<Finding> look(NodeSession session, boolean machine, Optional<String> before) {
    Node node = session.node();
    List<Finding> findings = new ArrayList<>(counters(session, before));
    if (!machine) {
      findings.add(disk(session, node));
      findings.add(log(session, node));
    }
    return findings;
  }

  private static Said ask(NodeSession session, String sql) {
    try {
      Optional<String> text = session.queryText(sql, SHORT).filter(any -> !any.isBlank());
      return new Said(text, "the server says nothing");
    } catch (NodeException e) {
      return new Said(Optional.empty(), PlainLine.of(String.valueOf(e.getMessage())));
    }
  }

  private static List<Finding> counters(NodeSession session, Optional<String> before) {
    Node node = session.node();
    boolean mysql = node.kind() == Node.Kind.MYSQL;
    Said said =
        ask(session, COUNTERS.formatted(mysql ? "performance_schema" : "information_schema"));
    if (said.text().isEmpty()) {
      return List.of(Finding.note(CONNECTIONS, node.label(), NOT_LOOKED + said.why()));
    }
    Map<String, Long> counters = numbers(said.text().get());
    return List.of(
        connections(session, counters), refused(node, counters, before), memory(node, counters));
  }

  private static Finding connections(NodeSession session, Map<String, Long> counters) {
    long open = counters.getOrDefault("threads_connected", 0L);
    long most = ask(session, LIMIT).text().map(Long::parseLong).orElse(0L);
    String found =
        "%d of %d, %d of them at work, %d wait for a row; up for %s"
            .formatted(
                open,
                most,
                counters.getOrDefault("threads_running", 0L),
                counters.getOrDefault("innodb_row_lock_current_waits", 0L),
                Words.of(Duration.ofSeconds(counters.getOrDefault("uptime", 0L))));
    return Finding.expect(
        most == 0 || open < most * CONNECTIONS_FULL, CONNECTIONS, session.node().label(), found);
  }

  /** A smaller number than before means that the server was started anew. */
  private static Finding refused(Node node, Map<String, Long> counters, Optional<String> before) {
    long now =
        counters.getOrDefault("aborted_connects", 0L)
            + counters.getOrDefault("aborted_clients", 0L)
            + counters.getOrDefault("connection_errors_max_connections", 0L);
    Optional<Long> then = before.filter(text -> text.matches("[0-9]+ .*")).map(ServerLook::first);
    String more =
        then.map(
                last ->
                    now < last
                        ? "; the server was started anew since the look before"
                        : ", %d of them since the look before".formatted(now - last))
            .orElse("");
    return Finding.note(REFUSED, node.label(), now + SINCE_START + more);
  }

  private static long first(String text) {
    return Long.parseLong(text.substring(0, text.indexOf(' ')));
  }

  private static Finding memory(Node node, Map<String, Long> counters) {
    long total = counters.getOrDefault("innodb_buffer_pool_pages_total", 0L);
    long free = counters.getOrDefault("innodb_buffer_pool_pages_free", 0L);
    String found =
        "%d of %d pages free; waited %d times for one since the server's start"
            .formatted(free, total, counters.getOrDefault("innodb_buffer_pool_wait_free", 0L));
    return Finding.note(MEMORY, node.label(), found);
  }

  private static Finding disk(NodeSession session, Node node) {
    if (node.kind() == Node.Kind.MYSQL) {
      return Finding.note(
          DISK, node.label(), NOT_LOOKED + "MySQL does not tell, and the plan has no host of it");
    }
    return ask(session, DISK_OF_DATA)
        .text()
        .map(
            text -> space(node, first(text), Long.parseLong(text.substring(text.indexOf(' ') + 1))))
        .orElseGet(
            () ->
                Finding.note(
                    DISK,
                    node.label(),
                    NOT_LOOKED
                        + "the server does not tell (INSTALL SONAME 'disks'; GRANT FILE), and the"
                        + " plan has no host of it"));
  }

  static Finding space(Node node, long free, long total) {
    String found =
        "%d MB of %d MB free (%d %%)"
            .formatted(free >> 20, total >> 20, 100 * free / Math.max(1, total));
    return Finding.expect(free >= total * DISK_LEAST, DISK, node.label(), found);
  }

  private static Finding log(NodeSession session, Node node) {
    if (node.kind() != Node.Kind.MYSQL) {
      return Finding.note(
          LOG,
          node.label(),
          NOT_LOOKED + "MariaDB does not show it over SQL, and the plan has no host of it");
    }
    Said said = ask(session, ERRORS);
    return Finding.note(
        LOG,
        node.label(),
        said.text()
            .map(text -> errors(first(text), text.substring(text.indexOf(' ') + 1)))
            .orElse(NOT_LOOKED + said.why()));
  }

  static String errors(long count, String newest) {
    String last = PlainLine.of(newest);
    return "%d errors in the last 15 min".formatted(count)
        + (last.isEmpty() ? "" : ", the newest: " + last);
  }

  private static Map<String, Long> numbers(String text) {
    Map<String, Long> numbers = new HashMap<>();
    for (String pair : text.split(" ", -1)) {
      int at = pair.indexOf('=');
      if (at > 0 && pair.substring(at + 1).matches("[0-9]{1,18}")) {
        numbers.put(pair.substring(0, at), Long.parseLong(pair.substring(at + 1)));
      }
    }
    return numbers;
  }
}

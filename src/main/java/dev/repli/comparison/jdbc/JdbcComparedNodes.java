package dev.repli.comparison.jdbc;

import dev.repli.comparison.ComparedNode;
import dev.repli.comparison.ComparedNodes;
import dev.repli.database.ActLog;
import dev.repli.database.jdbc.Connections;
import dev.repli.database.jdbc.SqlLink;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Opens one connection with Repli's own account. */
@Component
final class JdbcComparedNodes implements ComparedNodes {
  /** One chunk takes less than a second; more means that the node does not answer. */
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);

  /** The same text for every value, bounded waits for locks, gaps locked like rows. */
  private static final String SESSION =
      "SET SESSION time_zone = '+00:00', sql_mode = '', innodb_lock_wait_timeout = 1,"
          + " lock_wait_timeout = 5, wait_timeout = 28800";

  private final Connections connections;

  JdbcComparedNodes(Secrets secrets) {
    this.connections = new Connections(secrets);
  }

  @Override
  public ComparedNode open(Node node) {
    SqlLink link = connections.open(node, ANSWER_LIMIT, ActLog.NONE);
    try {
      link.look("preparing a session", SESSION);
      link.look("preparing a session", "SET NAMES utf8mb4");
      link.look("preparing a session", "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      return new JdbcComparedNode(link);
    } catch (RuntimeException e) {
      link.close();
      throw e;
    }
  }
}

package dev.repli.inplace.jdbc;

import dev.repli.database.ActLog;
import dev.repli.database.jdbc.Connections;
import dev.repli.inplace.UpgradedServer;
import dev.repli.inplace.UpgradedServers;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Sessions of Repli's own account. */
@Component
final class JdbcUpgradedServers implements UpgradedServers {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private final Connections connections;

  JdbcUpgradedServers(Secrets secrets) {
    this.connections = new Connections(secrets);
  }

  @Override
  public UpgradedServer connect(Node node, ActLog log) {
    return new JdbcUpgradedServer(connections.open(node, ANSWER_LIMIT, log));
  }
}

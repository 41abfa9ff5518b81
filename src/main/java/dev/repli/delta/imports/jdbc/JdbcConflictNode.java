package dev.repli.delta.imports.jdbc;

import dev.repli.database.jdbc.Connections;
import dev.repli.delta.conflict.ConflictNode;
import dev.repli.delta.conflict.ConflictSession;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.sql.Connection;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Opens one connection with the account that imports. */
@Component
final class JdbcConflictNode implements ConflictNode {
  /** People wait for it; a row that somebody else holds is given up before. */
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(1);

  private final Connections connections;

  JdbcConflictNode(Secrets secrets) {
    this.connections = new Connections(secrets);
  }

  @Override
  public ConflictSession open(Node node, Account account) {
    Connection connection = connections.openForRows(node, account, ANSWER_LIMIT);
    JdbcImportSession session = new JdbcImportSession(node, connection, ANSWER_LIMIT);
    try {
      session.prepare();
      return new JdbcConflictSession(node, connection, session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }
}

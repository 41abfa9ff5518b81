package dev.repli.delta.imports.jdbc;

import dev.repli.database.jdbc.Connections;
import dev.repli.delta.imports.ImportSession;
import dev.repli.delta.imports.ImportTarget;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Opens one connection with the account that imports. */
@Component
final class JdbcImportTarget implements ImportTarget {
  /** A commit of many rows on a slow disk; a longer silence means that nobody answers. */
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(5);

  private final Connections connections;

  JdbcImportTarget(Secrets secrets) {
    this.connections = new Connections(secrets);
  }

  @Override
  public ImportSession open(Node node, Account account) {
    JdbcImportSession session =
        new JdbcImportSession(
            node, connections.openForRows(node, account, ANSWER_LIMIT), ANSWER_LIMIT);
    try {
      session.prepare();
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }
}

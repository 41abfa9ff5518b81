package dev.repli.delta.imports.jdbc;

import dev.repli.database.jdbc.Connections;
import dev.repli.database.jdbc.SqlErrors;
import dev.repli.delta.imports.ImportLook;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Logs in as the import does, but makes no table of its own. */
@Component
final class JdbcImportLook implements ImportLook {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private final Connections connections;

  JdbcImportLook(Secrets secrets) {
    this.connections = new Connections(secrets);
  }

  @Override
  public Seen look(Node node, Account account) {
    try (Connection connection = connections.openForRows(node, account, ANSWER_LIMIT)) {
      return new Seen(
          new GrantLines(node.kind(), grants(connection)).missing(), tables(connection, node));
    } catch (SQLException e) {
      throw SqlErrors.translate(node, "looking at what an import may do", e, "");
    }
  }

  private static List<String> grants(Connection connection) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet line = statement.executeQuery("SHOW GRANTS")) {
      while (line.next()) {
        lines.add(String.valueOf(line.getString(1)));
      }
    }
    return lines;
  }

  /** A node with very many tables may not answer in time, which says nothing against it. */
  private static Map<String, String> tables(Connection connection, Node node) {
    try {
      return new ImportedTables(connection, node.kind()).refused();
    } catch (SQLException late) {
      return Map.of();
    }
  }
}

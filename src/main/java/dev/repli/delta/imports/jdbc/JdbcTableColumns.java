package dev.repli.delta.imports.jdbc;

import dev.repli.database.jdbc.Connections;
import dev.repli.database.jdbc.SqlErrors;
import dev.repli.delta.imports.TableColumns;
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
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** One question in one session. */
@Component
final class JdbcTableColumns implements TableColumns {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final String COLUMNS =
      """
      SELECT CONCAT(c.table_schema, '.', c.table_name), c.column_name
      FROM information_schema.columns c JOIN information_schema.tables t
        ON t.table_schema = c.table_schema AND t.table_name = c.table_name
      WHERE t.table_type = 'BASE TABLE' AND COALESCE(c.generation_expression, '') = ''
        AND %s
      ORDER BY c.table_schema, c.table_name, c.ordinal_position
      """
          .formatted(ImportedTables.APPLICATIONS.formatted("c.table_schema"));

  private final Connections connections;

  JdbcTableColumns(Secrets secrets) {
    this.connections = new Connections(secrets);
  }

  @Override
  public Map<String, List<String>> of(Node node, Account account) {
    try (Connection connection = connections.openForRows(node, account, ANSWER_LIMIT);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(COLUMNS)) {
      Map<String, List<String>> columns = new TreeMap<>();
      while (row.next()) {
        columns
            .computeIfAbsent(String.valueOf(row.getString(1)), table -> new ArrayList<>())
            .add(String.valueOf(row.getString(2)));
      }
      return columns;
    } catch (SQLException e) {
      throw SqlErrors.translate(node, "reading the columns of its tables", e, "");
    }
  }
}

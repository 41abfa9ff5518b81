package dev.repli.delta.binlog;

import dev.repli.database.jdbc.SqlLink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables as the server describes them now, and its collations by their numbers. */
final class Definitions {
  private static final String COLUMNS =
      """
      SELECT c.table_schema, c.table_name, t.table_type, c.column_name, c.data_type, c.column_type,
        COALESCE(c.character_set_name, ''), c.column_key = 'PRI',
        COALESCE(c.generation_expression, '') <> '', c.extra
      FROM information_schema.columns c JOIN information_schema.tables t
        ON t.table_schema = c.table_schema AND t.table_name = c.table_name
      WHERE c.table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema')
        AND t.table_type NOT LIKE '%VIEW%'
      ORDER BY c.table_schema, c.table_name, c.ordinal_position
      """;
  private static final String KEYS =
      """
      SELECT table_schema, table_name, column_name FROM information_schema.statistics
      WHERE index_name = 'PRIMARY'
      ORDER BY table_schema, table_name, seq_in_index
      """;

  /**
   * A column.
   *
   * @param dataType {@code varchar}
   * @param declared {@code int(10) unsigned}, {@code enum('a','b')}
   */
  record Column(
      String name, String dataType, String declared, String charset, Generated generated) {}

  /** Whether the server computes a column, and whether it keeps the result. */
  enum Generated {
    NO,
    VIRTUAL,
    STORED
  }

  /**
   * A table.
   *
   * @param type {@code BASE TABLE}, {@code SYSTEM VERSIONED}, {@code SEQUENCE}
   */
  record Table(String type, List<Column> columns, List<String> primaryKey) {}

  private final Map<String, Table> tables = new HashMap<>();
  private final Map<Integer, String> charsets = new HashMap<>();

  Definitions(SqlLink link, boolean mariaDb) {
    String doing = "reading the tables' definitions";
    List<List<String>> rows = link.rows(doing, COLUMNS, row -> texts(row, 10));
    for (List<String> row : rows) {
      tables
          .computeIfAbsent(
              row.get(0) + "." + row.get(1),
              name -> new Table(row.get(2), new ArrayList<>(), new ArrayList<>()))
          .columns
          .add(column(row));
    }
    for (List<String> row : link.rows(doing, KEYS, row -> texts(row, 3))) {
      Table table = tables.get(row.get(0) + "." + row.get(1));
      if (table != null) {
        table.primaryKey.add(row.get(2));
      }
    }
    String collations =
        mariaDb
            ? "SELECT id, character_set_name FROM"
                + " information_schema.collation_character_set_applicability WHERE id IS NOT NULL"
            : "SELECT id, character_set_name FROM information_schema.collations";
    for (List<String> row : link.rows(doing, collations, row -> texts(row, 2))) {
      charsets.put(Integer.valueOf(row.get(0)), row.get(1));
    }
  }

  private static List<String> texts(java.sql.ResultSet row, int count)
      throws java.sql.SQLException {
    List<String> texts = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      texts.add(row.getString(i));
    }
    return texts;
  }

  private static Column column(List<String> row) {
    String extra = row.get(9).toLowerCase(java.util.Locale.ROOT);
    Generated generated =
        extra.contains("virtual generated")
            ? Generated.VIRTUAL
            : extra.contains("stored generated") ? Generated.STORED : Generated.NO;
    return new Column(row.get(3), row.get(4), row.get(5), row.get(6), generated);
  }

  Optional<Table> find(String schema, String table) {
    return Optional.ofNullable(tables.get(schema + "." + table));
  }

  /** Character set of a collation; empty when the server does not know it. */
  Optional<String> charset(int collation) {
    return Optional.ofNullable(charsets.get(collation));
  }
}

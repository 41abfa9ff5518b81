package dev.repli.delta.imports.jdbc;

import dev.repli.delta.ColumnKind;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.imports.TargetTable;
import dev.repli.delta.sql.ColumnSql;
import dev.repli.plan.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a node says of a table that is to be imported into. */
final class ImportedTables {
  /** Where a schema, named by {@code %s}, is of an application. */
  static final String APPLICATIONS =
      "%s NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema', 'repli_probe')";

  private final Connection connection;
  private final Node.Kind kind;

  ImportedTables(Connection connection, Node.Kind kind) {
    this.connection = connection;
    this.kind = kind;
  }

  /** A table here, or why it cannot be imported into. */
  record Found(List<String> reasons, TableSql sql) {}

  private record Here(String charset, String collation, boolean generated) {}

  Found find(DeltaTable shape) throws SQLException {
    Map<String, Here> columns = columns(shape);
    List<String> reasons = new ArrayList<>();
    if (columns.isEmpty()) {
      reasons.add(
          "the table is not there, or the account may not see it; create it, or grant SELECT,"
              + " INSERT, UPDATE, DELETE and TRIGGER on its schema");
    } else {
      reasons.addAll(columnsDiffer(shape, columns));
      reasons.addAll(engine(shape));
      reasons.addAll(triggers(shape));
    }
    Map<String, List<Integer>> keys = keys(shape);
    List<Integer> key = keys.values().stream().findFirst().orElse(List.of());
    boolean alone = uniqueIndexes(shape) <= (key.isEmpty() ? 0 : 1) && foreignKeys(shape) == 0;
    return new Found(
        reasons, new TableSql(new TargetTable(shape, key, alone), written(shape, columns)));
  }

  private List<ColumnSql> written(DeltaTable shape, Map<String, Here> here) {
    List<ColumnSql> written = new ArrayList<>();
    for (int place = 0; place < shape.columns().size(); place++) {
      DeltaColumn column = shape.columns().get(place);
      Here own = here.get(folded(column.name()));
      if (own != null && !own.generated() && !column.generated()) {
        boolean json = kind == Node.Kind.MYSQL && column.kind() == ColumnKind.JSON;
        written.add(ColumnSql.of(place, column, own.charset(), own.collation(), json));
      }
    }
    return written;
  }

  /** A column that only one side has would get a value that nobody has written. */
  private static List<String> columnsDiffer(DeltaTable shape, Map<String, Here> here) {
    Set<String> missing = new HashSet<>();
    Set<String> there = new HashSet<>();
    for (DeltaColumn column : shape.columns()) {
      there.add(folded(column.name()));
      if (!column.generated() && !here.containsKey(folded(column.name()))) {
        missing.add(column.name());
      }
    }
    List<String> reasons = new ArrayList<>();
    if (!missing.isEmpty()) {
      reasons.add(
          "columns are missing: " + String.join(", ", missing) + "; add them as they are there");
    }
    List<String> more =
        here.entrySet().stream()
            .filter(own -> !own.getValue().generated() && !there.contains(own.getKey()))
            .map(Map.Entry::getKey)
            .toList();
    if (!more.isEmpty()) {
      reasons.add("columns are only here: " + String.join(", ", more) + "; take them away first");
    }
    return reasons;
  }

  private Map<String, Here> columns(DeltaTable shape) throws SQLException {
    Map<String, Here> columns = new LinkedHashMap<>();
    for (List<String> row :
        rows(
            "SELECT column_name, COALESCE(character_set_name, ''), COALESCE(collation_name, ''),"
                + " COALESCE(generation_expression, '') <> '' FROM information_schema.columns"
                + " WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position",
            shape)) {
      columns.put(folded(row.get(0)), new Here(row.get(1), row.get(2), row.get(3).equals("1")));
    }
    return columns;
  }

  private List<String> engine(DeltaTable shape) throws SQLException {
    List<String> reasons = new ArrayList<>();
    for (List<String> row :
        rows(
            "SELECT table_type, COALESCE(engine, '') FROM information_schema.tables"
                + " WHERE table_schema = ? AND table_name = ?",
            shape)) {
      TableReasons.kind(row.get(0), row.get(1)).ifPresent(reasons::add);
    }
    return reasons;
  }

  /**
   * All tables that {@link #find} refuses for what they are, without their columns, by {@code
   * schema.table}; {@code schema.*} where triggers cannot be seen.
   */
  Map<String, String> refused() throws SQLException {
    Map<String, List<String>> reasons = new TreeMap<>();
    for (List<String> row :
        rows(
            "SELECT CONCAT(table_schema, '.', table_name), table_type, COALESCE(engine, '')"
                + " FROM information_schema.tables WHERE table_type <> 'SEQUENCE'"
                + " AND table_type NOT LIKE '%VIEW' AND NOT (table_type = 'BASE TABLE'"
                + " AND engine = 'InnoDB') AND "
                + APPLICATIONS.formatted("table_schema"))) {
      TableReasons.kind(row.get(1), row.get(2)).ifPresent(why -> add(reasons, row.get(0), why));
    }
    Map<String, List<String>> triggers = new TreeMap<>();
    for (List<String> row :
        rows(
            "SELECT CONCAT(event_object_schema, '.', event_object_table), trigger_name"
                + " FROM information_schema.triggers WHERE "
                + APPLICATIONS.formatted("event_object_schema")
                + " ORDER BY 1, 2")) {
      add(triggers, row.get(0), row.get(1));
    }
    triggers.forEach((table, names) -> add(reasons, table, TableReasons.triggers(names)));
    for (List<String> row :
        rows(
            "SELECT DISTINCT table_schema FROM information_schema.tables WHERE "
                + APPLICATIONS.formatted("table_schema"))) {
      if (!maySeeTriggers(row.get(0), "")) {
        add(reasons, row.get(0) + ".*", TableReasons.unseenTriggers(row.get(0)));
      }
    }
    Map<String, String> refused = new TreeMap<>();
    reasons.forEach((table, all) -> refused.put(table, String.join("; ", all)));
    return refused;
  }

  private static void add(Map<String, List<String>> to, String table, String text) {
    to.computeIfAbsent(table, any -> new ArrayList<>()).add(text);
  }

  /**
   * The changes contain what triggers did, so triggers here would do it a second time, and no
   * setting of a session keeps them from it. Whether there are any is only visible with the
   * privilege.
   */
  private List<String> triggers(DeltaTable shape) throws SQLException {
    List<List<String>> found =
        rows(
            "SELECT trigger_name FROM information_schema.triggers"
                + " WHERE event_object_schema = ? AND event_object_table = ? ORDER BY 1",
            shape);
    if (!found.isEmpty()) {
      return List.of(TableReasons.triggers(found.stream().map(row -> row.get(0)).toList()));
    }
    return maySeeTriggers(shape.schema(), shape.name())
        ? List.of()
        : List.of(TableReasons.unseenTriggers(shape.schema()));
  }

  /**
   * @param table empty: of any table of the schema
   */
  private boolean maySeeTriggers(String schema, String table) throws SQLException {
    return !rows(
            "SELECT 1 FROM information_schema.user_privileges WHERE privilege_type = 'TRIGGER'"
                + " UNION SELECT 1 FROM information_schema.schema_privileges"
                + " WHERE privilege_type = 'TRIGGER' AND ? LIKE table_schema"
                + " UNION SELECT 1 FROM information_schema.table_privileges"
                + " WHERE privilege_type = 'TRIGGER' AND table_schema = ? AND ? IN (table_name, '')",
            schema,
            schema,
            table)
        .isEmpty();
  }

  /** Keys that tell rows apart by columns that changes have, the primary key first. */
  private Map<String, List<Integer>> keys(DeltaTable shape) throws SQLException {
    Map<String, List<Integer>> keys = new LinkedHashMap<>();
    Set<String> unusable = new HashSet<>();
    for (List<String> row :
        rows(
            "SELECT index_name, COALESCE(column_name, ''), sub_part IS NULL AND nullable <> 'YES'"
                + " FROM information_schema.statistics WHERE non_unique = 0"
                + " AND table_schema = ? AND table_name = ?"
                + " ORDER BY index_name <> 'PRIMARY', index_name, seq_in_index",
            shape)) {
      int place = place(shape, row.get(1));
      if (place < 0 || !row.get(2).equals("1")) {
        unusable.add(row.get(0));
      } else {
        keys.computeIfAbsent(row.get(0), index -> new ArrayList<>()).add(place);
      }
    }
    keys.keySet().removeAll(unusable);
    return keys;
  }

  private static int place(DeltaTable shape, String name) {
    for (int place = 0; place < shape.columns().size(); place++) {
      DeltaColumn column = shape.columns().get(place);
      if (folded(column.name()).equals(folded(name)) && !column.generated()) {
        return place;
      }
    }
    return -1;
  }

  private int uniqueIndexes(DeltaTable shape) throws SQLException {
    return rows(
            "SELECT DISTINCT index_name FROM information_schema.statistics"
                + " WHERE non_unique = 0 AND table_schema = ? AND table_name = ?",
            shape)
        .size();
  }

  private int foreignKeys(DeltaTable shape) throws SQLException {
    return rows(
            "SELECT constraint_name FROM information_schema.key_column_usage"
                + " WHERE referenced_table_name IS NOT NULL AND (table_schema = ? AND table_name = ?"
                + " OR referenced_table_schema = ? AND referenced_table_name = ?)",
            shape.schema(),
            shape.name(),
            shape.schema(),
            shape.name())
        .size();
  }

  private List<List<String>> rows(String sql, DeltaTable shape) throws SQLException {
    return rows(sql, shape.schema(), shape.name());
  }

  private List<List<String>> rows(String sql, String... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        List<List<String>> rows = new ArrayList<>();
        int width = result.getMetaData().getColumnCount();
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= width; i++) {
            row.add(String.valueOf(result.getString(i)));
          }
          rows.add(row);
        }
        return rows;
      }
    }
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}

package dev.repli.comparison.jdbc;

import dev.repli.comparison.TableName;
import dev.repli.comparison.TableShape;
import dev.repli.comparison.TableShape.Column;
import dev.repli.comparison.TableShape.Period;
import dev.repli.database.jdbc.InnodbName;
import dev.repli.database.jdbc.SqlLink;
import dev.repli.plan.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What tables a node has and what they look like, from its information schema. */
final class Shapes {
  private static final String FOREIGN =
      " NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys', 'repli_probe')";
  private static final String DOING = "looking at tables";

  private final SqlLink link;

  Shapes(SqlLink link) {
    this.link = link;
  }

  List<TableName> tables() {
    return link.rows(
        DOING,
        "SELECT table_schema, table_name FROM information_schema.tables"
            + " WHERE table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') AND table_schema"
            + FOREIGN,
        row -> new TableName(row.getString(1), row.getString(2)));
  }

  /** InnoDB's own list shows all to who may see processes. */
  List<String> hiddenSchemas() {
    String list = link.node().kind() == Node.Kind.MYSQL ? "innodb_tables" : "innodb_sys_tables";
    List<String> listed =
        link.rows(DOING, "SELECT name FROM information_schema." + list, row -> row.getString(1));
    List<dev.repli.database.survey.TableName> visible =
        link.rows(
            DOING,
            "SELECT table_schema, table_name FROM information_schema.tables",
            row -> new dev.repli.database.survey.TableName(row.getString(1), row.getString(2)));
    return InnodbName.hidden(listed, visible).stream()
        .map(dev.repli.database.survey.TableName::schema)
        .distinct()
        .toList();
  }

  Optional<TableShape> shape(TableName table) {
    Optional<Boolean> versioned =
        link.row(
            DOING,
            "SELECT table_type = 'SYSTEM VERSIONED' FROM information_schema.tables"
                + " WHERE table_schema = ? AND table_name = ?"
                + " AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')",
            row -> row.getBoolean(1),
            table.schema(),
            table.table());
    return versioned.map(is -> shape(table, is));
  }

  private TableShape shape(TableName table, boolean versioned) {
    List<Column> columns = new ArrayList<>(columns(table));
    if (versioned && columns.stream().allMatch(column -> column.period() == Period.NONE)) {
      columns.add(hiddenPeriod("row_start", Period.ROW_START));
      columns.add(hiddenPeriod("row_end", Period.ROW_END));
    }
    Map<String, List<String>> keys = keys(table, columns);
    Optional<String> key = keys.keySet().stream().findFirst();
    return new TableShape(columns, key, key.map(keys::get).orElse(List.of()), versioned);
  }

  private static Column hiddenPeriod(String name, Period period) {
    return new Column(name, "timestamp", "timestamp(6)", "", "", period);
  }

  private List<Column> columns(TableName table) {
    return link.rows(
        DOING,
        "SELECT column_name, data_type, column_type, COALESCE(character_set_name, ''),"
            + " COALESCE(collation_name, ''), COALESCE(generation_expression, '')"
            + " FROM information_schema.columns WHERE table_schema = ? AND table_name = ?"
            + " AND extra NOT LIKE '%VIRTUAL GENERATED%' ORDER BY ordinal_position",
        Shapes::column,
        table.schema(),
        table.table());
  }

  private static Column column(ResultSet row) throws SQLException {
    Period period =
        switch (row.getString(6)) {
          case "ROW START" -> Period.ROW_START;
          case "ROW END" -> Period.ROW_END;
          default -> Period.NONE;
        };
    return new Column(
        row.getString(1),
        row.getString(2).toLowerCase(Locale.ROOT),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        period);
  }

  private record KeyPart(String index, String column, boolean usable) {}

  /** Keys that tell rows apart by stored columns, the primary key first. */
  private Map<String, List<String>> keys(TableName table, List<Column> columns) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    Set<String> unusable = new TreeSet<>();
    List<String> names = columns.stream().map(Column::name).toList();
    for (KeyPart part : keyParts(table)) {
      if (!part.usable() || !names.contains(part.column())) {
        unusable.add(part.index());
      } else if (columns.get(names.indexOf(part.column())).period() != Period.ROW_END) {
        keys.computeIfAbsent(part.index(), index -> new ArrayList<>()).add(part.column());
      }
    }
    unusable.forEach(keys::remove);
    return keys;
  }

  private List<KeyPart> keyParts(TableName table) {
    return link.rows(
        DOING,
        "SELECT index_name, COALESCE(column_name, ''), sub_part IS NULL AND nullable <> 'YES'"
            + " FROM information_schema.statistics WHERE non_unique = 0"
            + " AND table_schema = ? AND table_name = ?"
            + " ORDER BY index_name <> 'PRIMARY', index_name, seq_in_index",
        row -> new KeyPart(row.getString(1), row.getString(2), row.getBoolean(3)),
        table.schema(),
        table.table());
  }
}

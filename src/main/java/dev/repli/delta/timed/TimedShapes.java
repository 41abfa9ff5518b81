package dev.repli.delta.timed;

import dev.repli.delta.ColumnKind;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.binlog.Members;
import dev.repli.delta.sql.ColumnSql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tables as the server describes them now, in the form in which changes have them. */
final class TimedShapes {
  static final String APPLICATIONS =
      "NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema', 'repli_probe')";
  private static final String COLUMNS =
      "SELECT table_schema, table_name, column_name, data_type, column_type, character_set_name,"
          + " collation_name, is_nullable, character_octet_length, numeric_precision,"
          + " numeric_scale, datetime_precision, extra FROM information_schema.columns"
          + " WHERE table_schema "
          + APPLICATIONS
          + " ORDER BY table_schema, table_name, ordinal_position";
  private static final String PRIMARY =
      "SELECT table_schema, table_name, column_name FROM information_schema.statistics"
          + " WHERE index_name = 'PRIMARY' ORDER BY table_schema, table_name, seq_in_index";

  private final Map<String, List<List<String>>> columns = new HashMap<>();
  private final Map<String, List<String>> primary = new HashMap<>();

  TimedShapes(Ask ask) {
    for (List<String> row : ask.rows(COLUMNS)) {
      columns.computeIfAbsent(name(row), name -> new ArrayList<>()).add(row);
    }
    for (List<String> row : ask.rows(PRIMARY)) {
      primary.computeIfAbsent(name(row), name -> new ArrayList<>()).add(row.get(2));
    }
  }

  private static String name(List<String> row) {
    return row.get(0) + "." + row.get(1);
  }

  /** A column whose type no reader here knows. */
  Optional<String> unknown(String table) {
    return columns.getOrDefault(table, List.of()).stream()
        .filter(row -> kind(row.get(3)).isEmpty())
        .map(row -> "column " + row.get(2) + " is " + row.get(3))
        .findFirst();
  }

  /** A table and how its columns are read. */
  record Read(DeltaTable table, List<ColumnSql> columns) {}

  Read read(String schema, String table) {
    List<DeltaColumn> shape = new ArrayList<>();
    List<ColumnSql> sql = new ArrayList<>();
    for (List<String> row : columns.getOrDefault(schema + "." + table, List.of())) {
      if (!row.get(12).toLowerCase(Locale.ROOT).contains("virtual generated")) {
        DeltaColumn column = column(row);
        sql.add(ColumnSql.of(shape.size(), column, row.get(5), row.get(6), false));
        shape.add(column);
      }
    }
    List<String> names = shape.stream().map(DeltaColumn::name).toList();
    List<Integer> key =
        primary.getOrDefault(schema + "." + table, List.of()).stream().map(names::indexOf).toList();
    return new Read(new DeltaTable(schema, table, shape, key), sql);
  }

  private static DeltaColumn column(List<String> row) {
    ColumnKind kind = kind(row.get(3)).orElseThrow();
    boolean text = kind == ColumnKind.CHAR || kind == ColumnKind.VARCHAR || kind == ColumnKind.TEXT;
    boolean members = kind == ColumnKind.ENUM || kind == ColumnKind.SET;
    return new DeltaColumn(
        row.get(2),
        kind,
        row.get(4).contains("unsigned"),
        row.get(7).equals("YES"),
        length(kind, row),
        scale(kind, row),
        text ? row.get(5) : "",
        members ? Members.of(row.get(4)) : List.of(),
        row.get(12).toLowerCase(Locale.ROOT).contains("stored generated"));
  }

  private static int length(ColumnKind kind, List<String> row) {
    return switch (kind) {
      case BINARY, VARBINARY -> Integer.parseInt(row.get(8));
      case BIT, DECIMAL -> Integer.parseInt(row.get(9));
      default -> 0;
    };
  }

  private static int scale(ColumnKind kind, List<String> row) {
    return switch (kind) {
      case DECIMAL -> Integer.parseInt(row.get(10));
      case TIME, DATETIME, TIMESTAMP -> Integer.parseInt(row.get(11));
      default -> 0;
    };
  }

  private static Optional<ColumnKind> kind(String dataType) {
    return switch (dataType) {
      case "tinytext", "mediumtext", "longtext" -> Optional.of(ColumnKind.TEXT);
      case "tinyblob", "mediumblob", "longblob" -> Optional.of(ColumnKind.BLOB);
      case "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection" ->
          Optional.of(ColumnKind.GEOMETRY);
      default -> named(dataType.toUpperCase(Locale.ROOT));
    };
  }

  private static Optional<ColumnKind> named(String name) {
    for (ColumnKind kind : ColumnKind.values()) {
      if (kind.name().equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}

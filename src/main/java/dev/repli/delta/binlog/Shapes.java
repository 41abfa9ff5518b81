package dev.repli.delta.binlog;

import dev.repli.delta.ColumnKind;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.UnreadableDeltaException;
import dev.repli.delta.binlog.Definitions.Column;
import dev.repli.delta.binlog.Definitions.Generated;
import dev.repli.delta.binlog.Definitions.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a table looked like when its rows were written. The log tells names, signs and character
 * sets when the server writes full metadata; the rest is in the server's present definition, which
 * counts only while no statement in the log since then names the table.
 */
final class Shapes {
  private static final Set<String> FIXED_BYTES = Set.of("uuid", "inet4", "inet6", "binary");
  private final Definitions definitions;
  private final Predicate<TableMap> unchanged;

  /**
   * @param unchanged whether the table's present definition is the one of its rows
   */
  Shapes(Definitions definitions, Predicate<TableMap> unchanged) {
    this.definitions = definitions;
    this.unchanged = unchanged;
  }

  TableReader reader(TableMap map) {
    Optional<Table> found = definitions.find(map.schema(), map.table());
    boolean named = map.names().size() == map.fields().size();
    if (found.filter(table -> !table.type().equals("BASE TABLE")).isPresent()) {
      throw refusal(map, "tables of the kind " + found.get().type() + " cannot be carried as rows");
    }
    if (found.isEmpty() || !fits(map, found.get(), named)) {
      throw refusal(
          map,
          "its columns are others now, or the server keeps hidden ones in it (for a unique key over"
              + " BLOB or TEXT)");
    }
    Table now = found.get();
    if ((!named || needsDefinition(now)) && !unchanged.test(map)) {
      throw refusal(map, "a statement after these rows changes the table");
    }
    List<DeltaColumn> columns = new ArrayList<>();
    List<TableReader.Slot> slots = new ArrayList<>();
    int[] places = new int[map.fields().size()];
    for (int i = 0; i < places.length; i++) {
      Column declared = now.columns().get(i);
      DeltaColumn column = column(map, i, declared);
      places[i] = declared.generated() == Generated.VIRTUAL ? -1 : columns.size();
      if (places[i] >= 0) {
        columns.add(column);
      }
      slots.add(
          new TableReader.Slot(
              CellReader.of(map.fields().get(i), column), places[i], column.name()));
    }
    List<Integer> key = key(map, now, named).stream().map(i -> places[i]).toList();
    return new TableReader(new DeltaTable(map.schema(), map.table(), columns, key), slots);
  }

  private static boolean fits(TableMap map, Table now, boolean named) {
    List<String> names = now.columns().stream().map(Column::name).toList();
    return names.size() == map.fields().size() && (!named || names.equals(map.names()));
  }

  /** Whether the log alone does not tell how its values are to be read. */
  private static boolean needsDefinition(Table table) {
    return table.columns().stream()
        .anyMatch(
            column ->
                column.generated() != Generated.NO || FIXED_BYTES.contains(column.dataType()));
  }

  private static List<Integer> key(TableMap map, Table now, boolean named) {
    if (named) {
      return map.primaryKey();
    }
    List<String> names = now.columns().stream().map(Column::name).toList();
    return now.primaryKey().stream().map(names::indexOf).toList();
  }

  private DeltaColumn column(TableMap map, int i, Column declared) {
    TableMap.Field field = map.fields().get(i);
    String charset = charset(map, field, declared);
    ColumnKind kind = kind(map, field, declared, charset.isEmpty() || charset.equals("binary"));
    boolean hasText =
        kind == ColumnKind.CHAR || kind == ColumnKind.VARCHAR || kind == ColumnKind.TEXT;
    return new DeltaColumn(
        declared.name(),
        kind,
        map.hasDetails() ? field.unsigned() : declared.declared().contains("unsigned"),
        field.nullable(),
        length(field, kind),
        scale(field, kind),
        hasText ? charset : "",
        members(map, field, declared, kind),
        declared.generated() == Generated.STORED);
  }

  private String charset(TableMap map, TableMap.Field field, Column declared) {
    if (!TypeCode.isText(field.type())) {
      return "";
    }
    if (!map.hasDetails()) {
      return declared.charset();
    }
    return definitions
        .charset(field.collation())
        .orElseThrow(
            () ->
                refusal(
                    map,
                    "column "
                        + declared.name()
                        + " has a collation that the server does not list ("
                        + field.collation()
                        + ")"));
  }

  private static ColumnKind kind(
      TableMap map, TableMap.Field field, Column declared, boolean binary) {
    return switch (field.type()) {
      case TypeCode.TINY -> ColumnKind.TINYINT;
      case TypeCode.SHORT -> ColumnKind.SMALLINT;
      case TypeCode.INT24 -> ColumnKind.MEDIUMINT;
      case TypeCode.LONG -> ColumnKind.INT;
      case TypeCode.LONGLONG -> ColumnKind.BIGINT;
      case TypeCode.FLOAT -> ColumnKind.FLOAT;
      case TypeCode.DOUBLE -> ColumnKind.DOUBLE;
      case TypeCode.NEWDECIMAL -> ColumnKind.DECIMAL;
      case TypeCode.BIT -> ColumnKind.BIT;
      case TypeCode.YEAR -> ColumnKind.YEAR;
      case TypeCode.DATE -> ColumnKind.DATE;
      case TypeCode.TIME2 -> ColumnKind.TIME;
      case TypeCode.DATETIME2 -> ColumnKind.DATETIME;
      case TypeCode.TIMESTAMP2 -> ColumnKind.TIMESTAMP;
      case TypeCode.ENUM -> ColumnKind.ENUM;
      case TypeCode.SET -> ColumnKind.SET;
      case TypeCode.JSON -> ColumnKind.JSON;
      case TypeCode.GEOMETRY -> ColumnKind.GEOMETRY;
      case TypeCode.VECTOR -> ColumnKind.VECTOR;
      case TypeCode.BLOB -> binary ? ColumnKind.BLOB : ColumnKind.TEXT;
      case TypeCode.VARCHAR, TypeCode.VAR_STRING ->
          binary ? bytes(declared, ColumnKind.VARBINARY) : ColumnKind.VARCHAR;
      case TypeCode.STRING -> binary ? bytes(declared, ColumnKind.BINARY) : ColumnKind.CHAR;
      case TypeCode.BLOB_COMPRESSED, TypeCode.VARCHAR_COMPRESSED ->
          throw refusal(map, "column " + declared.name() + " is COMPRESSED: store it uncompressed");
      case TypeCode.OLD_TIMESTAMP, TypeCode.OLD_TIME, TypeCode.OLD_DATETIME ->
          throw refusal(
              map,
              "column "
                  + declared.name()
                  + " is stored in the old form of times: with mysql56_temporal_format = ON run"
                  + " ALTER TABLE … FORCE");
      default ->
          throw refusal(
              map, "column " + declared.name() + " has an unknown type (" + field.type() + ")");
    };
  }

  private static ColumnKind bytes(Column declared, ColumnKind usual) {
    return switch (declared.dataType()) {
      case "uuid" -> ColumnKind.UUID;
      case "inet4" -> ColumnKind.INET4;
      case "inet6" -> ColumnKind.INET6;
      case "vector" -> ColumnKind.VECTOR;
      default -> usual;
    };
  }

  private static int length(TableMap.Field field, ColumnKind kind) {
    int detail = field.detail();
    return switch (kind) {
      case BINARY, VARBINARY -> detail;
      case BIT -> (detail >> 8) * 8 + (detail & 0xFF);
      case DECIMAL -> detail & 0xFF;
      default -> 0;
    };
  }

  private static int scale(TableMap.Field field, ColumnKind kind) {
    return switch (kind) {
      case DECIMAL -> field.detail() >> 8;
      case TIME, DATETIME, TIMESTAMP -> field.detail();
      default -> 0;
    };
  }

  private List<String> members(
      TableMap map, TableMap.Field field, Column declared, ColumnKind kind) {
    if (kind != ColumnKind.ENUM && kind != ColumnKind.SET) {
      return List.of();
    }
    return field
        .members()
        .map(words -> words.stream().map(word -> word(map, field, declared, word)).toList())
        .orElseGet(() -> Members.of(declared.declared()));
  }

  private String word(TableMap map, TableMap.Field field, Column declared, byte[] word) {
    String charset = definitions.charset(field.collation()).orElse("");
    if (dev.repli.delta.sql.StoredText.cell(charset, word)
        instanceof dev.repli.delta.Cell.Text text) {
      return text.value();
    }
    throw refusal(
        map,
        "the names of column "
            + declared.name()
            + " are in the character set "
            + charset
            + ", which cannot be read exactly");
  }

  private static UnreadableDeltaException refusal(TableMap map, String why) {
    return new UnreadableDeltaException(
        "rows of "
            + map.fullName()
            + " cannot be read exactly: "
            + why
            + (map.names().isEmpty() ? "; set binlog_row_metadata = FULL on the writer" : "")
            + ". Leave the table out, or carry it by hand");
  }
}

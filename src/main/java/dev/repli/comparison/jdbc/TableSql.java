package dev.repli.comparison.jdbc;

import dev.repli.comparison.CellForm;
import dev.repli.comparison.ComparedTable;
import dev.repli.comparison.ComparedTable.Cell;
import dev.repli.comparison.ComparedTable.KeyCell;
import dev.repli.comparison.Key;
import dev.repli.comparison.KeyForm;
import dev.repli.comparison.Part;
import dev.repli.comparison.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The queries about one table. Values in them are literals that were read from a node before. */
final class TableSql {
  /** Odd, and below 2^31: a product of more than 63 bits is cut off by 11.8. */
  private static final long MIX = 1779033703L;

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?(e[+-]?[0-9]+)?");
  private static final Pattern HEX = Pattern.compile("[0-9A-F]*");
  private static final Pattern QUOTABLE = Pattern.compile("[0-9A-Za-z :.-]*");

  private final ComparedTable table;
  private final List<String> keys;

  TableSql(ComparedTable table) {
    this.table = table;
    this.keys = keyTexts(table);
  }

  static String name(TableName table) {
    return quoted(table.schema()) + "." + quoted(table.table());
  }

  static String quoted(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  /** How many texts a key has in an answer. */
  int keyWidth() {
    return keys.size();
  }

  String keyAfter(Optional<Key> start, int rows) {
    return "SELECT "
        + String.join(", ", keyColumns())
        + " FROM "
        + name(table.name())
        + index()
        + start.map(key -> " WHERE " + atLeast(key)).orElse("")
        + " ORDER BY "
        + table.key().stream().map(cell -> quoted(cell.column())).collect(Collectors.joining(", "))
        + " LIMIT 1 OFFSET "
        + rows;
  }

  String digest(Part part) {
    return "SELECT COUNT(*), " + combined() + source() + where(part);
  }

  String buckets(int of) {
    return "SELECT "
        + bucket(of)
        + ", COUNT(*), "
        + combined()
        + source()
        + " GROUP BY 1 ORDER BY NULL";
  }

  String rows(Part part) {
    return table.keyed()
        ? "SELECT " + String.join(", ", keys) + ", " + checksum() + source() + where(part)
        : "SELECT COALESCE("
            + hash(row())
            + ", '?'), COUNT(*)"
            + source()
            + where(part)
            + " GROUP BY 1 ORDER BY NULL";
  }

  String cells(Collection<Key> wanted) {
    return "SELECT "
        + String.join(", ", keys)
        + table.cells().stream()
            .map(cell -> ", COALESCE(" + hash(content(cell)) + ", 'NULL')")
            .collect(Collectors.joining())
        + source()
        + " WHERE "
        + wanted.stream().map(this::same).distinct().collect(Collectors.joining(" OR "));
  }

  private String combined() {
    return "COALESCE(BIT_XOR(" + checksum() + " * " + MIX + "), 0)";
  }

  /**
   * A row too large for the server's packet has no checksum; a number that is another on each node
   * makes it one of the rows that are looked at column by column.
   */
  private String checksum() {
    return "CAST(COALESCE(CRC32(" + row() + "), CONNECTION_ID()) AS UNSIGNED)";
  }

  /** All cells, which of them are NULL, and the lengths that keep neighbours apart. */
  private String row() {
    List<String> parts = new ArrayList<>();
    table.cells().forEach(cell -> parts.add(value(cell)));
    parts.add(
        table.cells().stream()
            .map(cell -> "ISNULL(" + quoted(cell.column()) + ")")
            .collect(Collectors.joining(", ", "CONCAT(", ")")));
    List<Cell> variable = table.cells().stream().filter(Cell::variable).toList();
    variable.stream().skip(1).forEach(cell -> parts.add("LENGTH(" + content(cell) + ")"));
    return "CONCAT_WS('#', " + String.join(", ", parts) + ")";
  }

  private static String value(Cell cell) {
    boolean bytes = cell.form() == CellForm.BYTES || cell.form() == CellForm.CONVERTED;
    if (cell.large()) {
      return hash(content(cell));
    }
    return bytes ? "CAST(" + content(cell) + " AS BINARY)" : content(cell);
  }

  /** MySQL 9.6 and newer have lost MD5, and say so by error 1046, as for a function of a schema. */
  private static String hash(String what) {
    return "SHA2(" + what + ", 256)";
  }

  private static String content(Cell cell) {
    String column = quoted(cell.column());
    return switch (cell.form()) {
      case PLAIN, BYTES -> column;
      case CONVERTED -> "CONVERT(" + column + " USING utf8mb4)";
      case APPROXIMATE -> "(" + column + " + 0e0)";
      case BITS -> "(" + column + " + 0)";
      case ROW_END -> "IF(%1$s > '2038-01-19 03:14:07.999998', 'now', %1$s)".formatted(column);
    };
  }

  private static List<String> keyTexts(ComparedTable table) {
    List<String> texts = new ArrayList<>();
    table.key().forEach(cell -> texts.add(keyText(cell)));
    if (table.versioned() && table.keyed()) {
      table.cells().stream()
          .filter(cell -> cell.form() == CellForm.ROW_END)
          .forEach(cell -> texts.add(content(cell)));
    }
    return List.copyOf(texts);
  }

  private List<String> keyColumns() {
    return table.key().stream().map(TableSql::keyText).toList();
  }

  private static String keyText(KeyCell cell) {
    String column = quoted(cell.column());
    return switch (cell.form()) {
      case NUMBER, QUOTED -> "CAST(" + column + " AS CHAR)";
      case APPROXIMATE -> "CAST(" + column + " + 0e0 AS CHAR)";
      case ORDINAL -> "CAST(" + column + " + 0 AS CHAR)";
      case TEXT, UNORDERED_TEXT -> "HEX(CONVERT(" + column + " USING utf8mb4))";
      case BYTES -> "HEX(" + column + ")";
    };
  }

  private String source() {
    return " FROM " + name(table.name()) + (table.versioned() ? " FOR SYSTEM_TIME ALL" : "");
  }

  private String index() {
    return table.index().map(name -> " FORCE INDEX (" + quoted(name) + ")").orElse("");
  }

  private String where(Part part) {
    if (part instanceof Part.Bucket bucket) {
      return " WHERE " + bucket(bucket.of()) + " = " + bucket.number();
    }
    Part.Range range = (Part.Range) part;
    List<String> bounds = new ArrayList<>();
    range.from().map(this::atLeast).ifPresent(bounds::add);
    range.to().map(this::below).ifPresent(bounds::add);
    return bounds.isEmpty() ? "" : index() + " WHERE " + String.join(" AND ", bounds);
  }

  private String bucket(int of) {
    String what = table.keyed() ? "CONCAT_WS(',', " + String.join(", ", keyColumns()) + ")" : row();
    return "CRC32(" + what + ") % " + of;
  }

  private String atLeast(Key key) {
    return bound(key, ">", ">=");
  }

  private String below(Key key) {
    return bound(key, "<", "<");
  }

  /** The first column alone comes first: with it the server finds the range in the index. */
  private String bound(Key key, String beyond, String last) {
    int width = table.key().size();
    if (width == 1) {
      return cell(0, last, key);
    }
    String any =
        IntStream.range(0, width)
            .mapToObj(i -> equals(key, i) + cell(i, i == width - 1 ? last : beyond, key))
            .collect(Collectors.joining(" OR ", "(", ")"));
    return cell(0, beyond + "=", key) + " AND " + any;
  }

  private String equals(Key key, int columns) {
    return IntStream.range(0, columns)
        .mapToObj(i -> cell(i, "=", key) + " AND ")
        .collect(Collectors.joining());
  }

  private String same(Key key) {
    return IntStream.range(0, table.key().size())
        .mapToObj(i -> cell(i, "=", key))
        .collect(Collectors.joining(" AND ", "(", ")"));
  }

  private String cell(int i, String operator, Key key) {
    KeyCell cell = table.key().get(i);
    return quoted(cell.column()) + " " + operator + " " + literal(cell.form(), key.parts().get(i));
  }

  private static String literal(KeyForm form, String text) {
    return switch (form) {
      case NUMBER, APPROXIMATE, ORDINAL -> checked(NUMBER, text);
      case TEXT, UNORDERED_TEXT -> "_utf8mb4 X'" + checked(HEX, text) + "'";
      case BYTES -> "X'" + checked(HEX, text) + "'";
      case QUOTED -> "'" + checked(QUOTABLE, text) + "'";
    };
  }

  private static String checked(Pattern form, String text) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException("a key does not look like one: " + form);
    }
    return text;
  }
}

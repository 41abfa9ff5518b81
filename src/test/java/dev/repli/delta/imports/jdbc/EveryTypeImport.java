package dev.repli.delta.imports.jdbc;

import dev.repli.delta.ColumnKind;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.DeltaTable;
import java.util.List;

/** A table with every column type, and the rows at whose borders values get lost. */
final class EveryTypeImport {
  static final String COLUMNS =
      """
        id BIGINT UNSIGNED PRIMARY KEY,
        t_tiny TINYINT, t_small SMALLINT UNSIGNED, t_medium MEDIUMINT, t_int INT UNSIGNED,
        t_big BIGINT, t_ubig BIGINT UNSIGNED, t_dec DECIMAL(65,30), t_float FLOAT, t_double DOUBLE,
        t_bit BIT(64), t_char CHAR(10), t_varchar VARCHAR(50),
        t_latin VARCHAR(50) CHARACTER SET latin1, t_text LONGTEXT, t_json JSON,
        t_binary BINARY(8), t_varbinary VARBINARY(20), t_blob LONGBLOB,
        t_date DATE, t_time TIME(6), t_datetime DATETIME(6), t_timestamp TIMESTAMP(6) NULL,
        t_year YEAR, t_enum ENUM('a','é','c'), t_set SET('x','y','z'), t_geometry GEOMETRY
      """;

  static final List<String> ROWS =
      List.of(
          "(1, -128, 65535, -8388608, 4294967295, -9223372036854775808, 18446744073709551615,"
              + " 12345678901234567890123456789012345.123456789012345678901234567891, 1.2345678,"
              + " 0.1e0 + 0.2e0, x'FFFFFFFFFFFFFFFF', 'ab', 'é😀 ', 'é', REPEAT('l', 70000),"
              + " '{\"a\": 1}', x'6100', x'6200', x'00FF00', '1000-01-01', '-838:59:59',"
              + " '9999-12-31 23:59:59.999999', '2038-01-19 03:14:07', 2155, 'é', 'x,z',"
              + " ST_GeomFromText('LINESTRING(0 0, 1 1)'))",
          "(2, 127, 0, 8388607, 0, 9223372036854775807, 9223372036854775808,"
              + " -0.000000000000000000000000000001, -1.17549e-38, 5e-324, 0, '', '', '', '', '[]',"
              + " '', '', '', '0000-00-00', '-00:00:01.5', '2026-02-00', '1970-01-01 00:00:01', 0,"
              + " 'a', '', ST_GeomFromText('POINT(1 2)'))",
          "(3, 0, 1, 0, 1, 0, 0, 0, 3.4e38, 1.7976931348623157e308, 1, 'AB', 'É😀', 'É', '\\'\"\\\\',"
              + " 'null', x'00', x'00', x'5C27', '2026-12-31', '00:00:00.000001',"
              + " '0000-00-00 00:00:00', '0000-00-00 00:00:00', 1901, 'c', 'y',"
              + " ST_GeomFromText('POINT(-1 -2)'))",
          "(4" + ", NULL".repeat(26) + ")");

  private EveryTypeImport() {}

  static DeltaTable shape(String name) {
    return new DeltaTable(
        "app",
        name,
        List.of(
            number("id", ColumnKind.BIGINT, true),
            number("t_tiny", ColumnKind.TINYINT, false),
            number("t_small", ColumnKind.SMALLINT, true),
            number("t_medium", ColumnKind.MEDIUMINT, false),
            number("t_int", ColumnKind.INT, true),
            number("t_big", ColumnKind.BIGINT, false),
            number("t_ubig", ColumnKind.BIGINT, true),
            number("t_dec", ColumnKind.DECIMAL, false),
            number("t_float", ColumnKind.FLOAT, false),
            number("t_double", ColumnKind.DOUBLE, false),
            number("t_bit", ColumnKind.BIT, true),
            text("t_char", ColumnKind.CHAR, "utf8mb4"),
            text("t_varchar", ColumnKind.VARCHAR, "utf8mb4"),
            text("t_latin", ColumnKind.VARCHAR, "latin1"),
            text("t_text", ColumnKind.TEXT, "utf8mb4"),
            text("t_json", ColumnKind.JSON, "utf8mb4"),
            number("t_binary", ColumnKind.BINARY, false),
            number("t_varbinary", ColumnKind.VARBINARY, false),
            number("t_blob", ColumnKind.BLOB, false),
            number("t_date", ColumnKind.DATE, false),
            number("t_time", ColumnKind.TIME, false),
            number("t_datetime", ColumnKind.DATETIME, false),
            number("t_timestamp", ColumnKind.TIMESTAMP, false),
            number("t_year", ColumnKind.YEAR, false),
            text("t_enum", ColumnKind.ENUM, "utf8mb4"),
            text("t_set", ColumnKind.SET, "utf8mb4"),
            number("t_geometry", ColumnKind.GEOMETRY, false)),
        List.of(0));
  }

  private static DeltaColumn number(String name, ColumnKind kind, boolean unsigned) {
    return new DeltaColumn(name, kind, unsigned, true, 0, 0, "", List.of(), false);
  }

  private static DeltaColumn text(String name, ColumnKind kind, String charset) {
    return new DeltaColumn(name, kind, false, true, 0, 0, charset, List.of(), false);
  }
}

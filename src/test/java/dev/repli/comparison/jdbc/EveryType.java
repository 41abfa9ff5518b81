package dev.repli.comparison.jdbc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table with every column type that MariaDB 10.11 and 11.8 share. */
final class EveryType {
  static final String CREATE =
      """
      CREATE TABLE app.types (
        id BIGINT UNSIGNED PRIMARY KEY,
        t_tiny TINYINT, t_bool BOOLEAN, t_small SMALLINT UNSIGNED, t_medium MEDIUMINT, t_int INT,
        t_big BIGINT UNSIGNED, t_dec DECIMAL(65,30), t_float FLOAT, t_double DOUBLE, t_bit BIT(64),
        t_char CHAR(10), t_varchar VARCHAR(50), t_latin VARCHAR(50) CHARACTER SET latin1,
        t_utf16 VARCHAR(20) CHARACTER SET utf16 COLLATE utf16_bin,
        t_tinytext TINYTEXT, t_text TEXT, t_mediumtext MEDIUMTEXT, t_longtext LONGTEXT, t_json JSON,
        t_binary BINARY(8), t_varbinary VARBINARY(20), t_tinyblob TINYBLOB, t_blob BLOB,
        t_mediumblob MEDIUMBLOB, t_longblob LONGBLOB,
        t_date DATE, t_time TIME(6), t_datetime DATETIME(6), t_timestamp TIMESTAMP(6) NULL,
        t_year YEAR, t_enum ENUM('a','é','c') CHARACTER SET latin1, t_set SET('x','y','z'),
        t_uuid UUID, t_inet4 INET4, t_inet6 INET6, t_point POINT, t_geometry GEOMETRY,
        t_invisible INT INVISIBLE, t_stored INT AS (t_int + 1) STORED,
        t_virtual INT AS (t_int + 2) VIRTUAL, t_was VARCHAR(200) CHARACTER SET latin1
      ) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci
      """;

  private static final String COLUMNS =
      "INSERT INTO app.types (id, t_tiny, t_bool, t_small, t_medium, t_int, t_big, t_dec, t_float,"
          + " t_double, t_bit, t_char, t_varchar, t_latin, t_utf16, t_tinytext, t_text,"
          + " t_mediumtext, t_longtext, t_json, t_binary, t_varbinary, t_tinyblob, t_blob,"
          + " t_mediumblob, t_longblob, t_date, t_time, t_datetime, t_timestamp, t_year, t_enum,"
          + " t_set, t_uuid, t_inet4, t_inet6, t_point, t_geometry, t_invisible) VALUES ";

  static final List<String> ROWS =
      List.of(
          COLUMNS
              + "(1, -128, 1, 65535, -8388608, 2147483644, 18446744073709551615,"
              + " 12345678901234567890123456789012345.123456789012345678901234567891, 1.2345678,"
              + " 0.1e0 + 0.2e0, b'1111', 'ab', 'é😀#', 'é', 'ü', 'a#', '#b', REPEAT('m', 70000),"
              + " REPEAT('l', 70000), '{\"a\": 1}', 'a\\0\\0', 'b\\0', 'c', 'd\\0\\0', REPEAT('e',"
              + " 70000), 'f', '1000-01-01', '-838:59:59', '9999-12-31 23:59:59.999999',"
              + " '2038-01-19 03:14:07', 2155, 'é', 'x,z', '123e4567-e89b-12d3-a456-426655440000',"
              + " '1.2.3.4', '::1', POINT(1, 2), ST_GeomFromText('LINESTRING(0 0, 1 1)', 4326), 7)",
          "INSERT INTO app.types (id) VALUES (2)",
          "INSERT INTO app.types (id, t_varchar, t_text, t_float, t_double) VALUES"
              + " (18446744073709551615, '', '', 0, 0)",
          "INSERT INTO app.types (id, t_float, t_double, t_dec, t_time, t_bit) VALUES"
              + " (3, 3.4e38, 1.7976931348623157e308, -0.000000000000000000000000000001,"
              + " '00:00:00.000001', b'0'), (4, -1.17549e-38, 5e-324, 0, '-00:00:01.5', NULL)",
          "INSERT IGNORE INTO app.types (id, t_date, t_datetime, t_enum, t_set, t_json) VALUES"
              + " (5, 0, '0000-00-00', 'c', '', '[]')");

  /** For each column a value that is as near to that of row 1 as it can be. */
  static final Map<String, String> CHANGES = changes();

  private EveryType() {}

  private static Map<String, String> changes() {
    Map<String, String> changes = new LinkedHashMap<>();
    changes.put("t_tiny", "-127");
    changes.put("t_bool", "0");
    changes.put("t_small", "65534");
    changes.put("t_medium", "NULL");
    changes.put("t_big", "18446744073709551614");
    changes.put("t_dec", "12345678901234567890123456789012345.123456789012345678901234567892");
    changes.put("t_float", "1.2345679");
    changes.put("t_double", "0.3e0");
    changes.put("t_bit", "b'1110'");
    changes.put("t_char", "'aB'");
    changes.put("t_varchar", "'é😀'");
    changes.put("t_latin", "'e'");
    changes.put("t_utf16", "'u'");
    changes.put("t_tinytext", "'a'");
    changes.put("t_text", "'##b'");
    changes.put("t_mediumtext", "CONCAT(REPEAT('m', 69999), 'n')");
    changes.put("t_longtext", "''");
    changes.put("t_json", "'{\"a\":1}'");
    changes.put("t_binary", "'a\\0 '");
    changes.put("t_varbinary", "'b'");
    changes.put("t_tinyblob", "NULL");
    changes.put("t_blob", "'d\\0'");
    changes.put("t_mediumblob", "REPEAT('e', 70001)");
    changes.put("t_longblob", "'F'");
    changes.put("t_date", "'1000-01-02'");
    changes.put("t_time", "'-838:59:58'");
    changes.put("t_datetime", "'9999-12-31 23:59:59.999998'");
    changes.put("t_timestamp", "'2038-01-19 03:14:06'");
    changes.put("t_year", "2154");
    changes.put("t_enum", "'c'");
    changes.put("t_set", "'x'");
    changes.put("t_uuid", "'123e4567-e89b-12d3-a456-426655440001'");
    changes.put("t_inet4", "'1.2.3.5'");
    changes.put("t_inet6", "'::2'");
    changes.put("t_point", "POINT(1, 2.0000001)");
    changes.put("t_geometry", "ST_GeomFromText('LINESTRING(0 0, 1 1)', 0)");
    changes.put("t_invisible", "8");
    changes.put("t_int", "2147483643");
    return changes;
  }
}

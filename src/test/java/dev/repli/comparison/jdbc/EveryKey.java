package dev.repli.comparison.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables by the kind of their key, each with a column {@code v} and a few hundred rows. */
final class EveryKey {
  static final Map<String, List<String>> TABLES = tables();

  private EveryKey() {}

  private static Map<String, List<String>> tables() {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    add(tables, "k_big", "k BIGINT UNSIGNED PRIMARY KEY", "18446744073709551615 - seq");
    add(tables, "k_negative", "k INT PRIMARY KEY", "CAST(seq AS SIGNED) - 300");
    add(tables, "k_decimal", "k DECIMAL(30,10) PRIMARY KEY", "seq / 3");
    add(tables, "k_float", "k FLOAT PRIMARY KEY", "seq / 10");
    add(tables, "k_double", "k DOUBLE PRIMARY KEY", "seq / 3e0");
    add(
        tables,
        "k_text",
        "k VARCHAR(40) COLLATE utf8mb4_unicode_ci PRIMARY KEY",
        "CONCAT('é', seq, '''\\\\')");
    add(
        tables,
        "k_latin",
        "k VARCHAR(40) CHARACTER SET latin1 COLLATE latin1_swedish_ci PRIMARY KEY",
        "CONCAT('é', seq)");
    add(tables, "k_char", "k CHAR(36) PRIMARY KEY", "CONCAT(' ', seq)");
    add(tables, "k_binary", "k BINARY(16) PRIMARY KEY", "UNHEX(MD5(seq))");
    add(tables, "k_varbinary", "k VARBINARY(16) PRIMARY KEY", "CONCAT('\\0', seq)");
    add(
        tables,
        "k_uuid",
        "k UUID PRIMARY KEY",
        "CONCAT('123e4567-e89b-12d3-a456-', LPAD(HEX(seq), 12, '0'))");
    add(tables, "k_inet", "k INET6 PRIMARY KEY", "CONCAT('::', HEX(seq))");
    add(
        tables,
        "k_time",
        "k DATETIME(6) PRIMARY KEY",
        "'2026-01-01' + INTERVAL seq * 7 MICROSECOND");
    add(tables, "k_stamp", "k TIMESTAMP(3) PRIMARY KEY", "'2026-01-01' + INTERVAL seq SECOND");
    add(tables, "k_date", "k DATE PRIMARY KEY", "'2026-01-01' + INTERVAL seq DAY");
    add(tables, "k_bit", "k BIT(20) PRIMARY KEY", "seq");
    add(
        tables,
        "k_two",
        "k ENUM('z','b','a') NOT NULL, k2 VARCHAR(10), PRIMARY KEY (k, k2)",
        "1 + seq % 3, seq");
    add(
        tables,
        "k_three",
        "k INT, k2 INT, k3 INT, PRIMARY KEY (k, k2, k3)",
        "seq % 5, seq % 7, seq");
    add(tables, "k_unique", "k INT NOT NULL, UNIQUE KEY other (k)", "seq");
    add(tables, "k_null", "k INT, UNIQUE KEY other (k)", "seq");
    add(tables, "k_none", "k INT", "seq % 10");
    add(tables, "k_prefix", "k TEXT NOT NULL, UNIQUE KEY other (k(20))", "CONCAT('t', seq)");
    add(tables, "k_versions", "k INT PRIMARY KEY", "seq", " WITH SYSTEM VERSIONING");
    tables.computeIfPresent(
        "k_versions",
        (name, made) -> {
          List<String> all = new ArrayList<>(made);
          all.add("UPDATE app.k_versions SET v = 2 WHERE k % 3 = 0");
          all.add("DELETE FROM app.k_versions WHERE k % 10 = 0");
          return all;
        });
    return tables;
  }

  private static void add(
      Map<String, List<String>> tables, String name, String key, String values, String... more) {
    tables.put(
        name,
        List.of(
            "CREATE TABLE app."
                + name
                + " (v INT, "
                + key
                + ") CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci"
                + String.join("", more),
            "INSERT INTO app." + name + " SELECT 1, " + values + " FROM app.seq_1_to_500"));
  }
}

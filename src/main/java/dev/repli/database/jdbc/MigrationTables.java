package dev.repli.database.jdbc;

import dev.repli.database.survey.Contents.Migrations;
import dev.repli.database.survey.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tables in which Flyway and Liquibase keep what they have applied. */
public final class MigrationTables {
  /** What counts as a step that failed or is not finished, by the table's name in lower case. */
  private static final Map<String, String> UNFINISHED =
      Map.of(
          "flyway_schema_history", "success = 0",
          "databasechangeloglock", "locked <> 0",
          "databasechangelog", "FALSE");

  private MigrationTables() {}

  public static List<Migrations> read(SqlLink link) {
    List<TableName> tables =
        link.rows(
            "looking for tables of schema tools",
            "SELECT table_schema, table_name FROM information_schema.tables"
                + " WHERE LOWER(table_name) IN ('flyway_schema_history', 'databasechangelog',"
                + " 'databasechangeloglock') AND table_schema"
                + TableSurvey.NOT_OURS,
            row -> new TableName(row.getString(1), row.getString(2)));
    return tables.stream().map(table -> counted(link, table)).toList();
  }

  private static Migrations counted(SqlLink link, TableName table) {
    String unfinished = UNFINISHED.getOrDefault(table.name().toLowerCase(Locale.ROOT), "FALSE");
    return link.row(
            "reading " + table,
            "SELECT COUNT(*), IFNULL(SUM("
                + unfinished
                + "), 0) FROM "
                + SequenceNumbers.quoted(table),
            row -> new Migrations(table, row.getLong(1), row.getLong(2)))
        .orElseThrow();
  }
}

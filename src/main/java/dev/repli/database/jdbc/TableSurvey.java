package dev.repli.database.jdbc;

import dev.repli.database.survey.TableName;
import dev.repli.database.survey.Tables;
import dev.repli.database.survey.Tables.Column;
import dev.repli.database.survey.Tables.ForeignKey;
import dev.repli.database.survey.Tables.Index;
import dev.repli.database.survey.Tables.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Tables, columns, indexes and foreign keys: one query of information_schema for each. */
public final class TableSurvey {
  /** Schemas of the server, and the probe's. */
  public static final String NOT_OURS =
      " NOT IN ('mysql', 'information_schema', 'performance_schema', 'sys', 'repli_probe')";

  private static final String TABLES =
      "SELECT table_schema, table_name, table_type, IFNULL(engine, ''),"
          + " IFNULL(table_collation, ''), IFNULL(create_options, ''), IFNULL(table_rows, 0),"
          + " auto_increment FROM information_schema.tables WHERE table_schema"
          + NOT_OURS;
  private static final String COLUMNS =
      "SELECT table_schema, table_name, column_name, ordinal_position, data_type, column_type,"
          + " is_nullable = 'YES', collation_name, column_default, %s,"
          + " IFNULL(generation_expression, '') FROM information_schema.columns"
          + " WHERE table_schema"
          + NOT_OURS;
  private static final String FOREIGN_KEYS =
      "SELECT constraint_schema, table_name, constraint_name, unique_constraint_schema,"
          + " referenced_table_name FROM information_schema.referential_constraints"
          + " WHERE constraint_schema"
          + NOT_OURS;

  private final String columns;
  private final String keys;
  private final String innodbTables;

  /**
   * @param extra SQL for what is special about a column
   * @param expression SQL for what a functional index indexes; {@code NULL} where there is none
   * @param innodbTables table of information_schema that lists all tables of InnoDB, whatever the
   *     privileges
   */
  public TableSurvey(String extra, String expression, String innodbTables) {
    this.columns = COLUMNS.formatted(extra);
    this.keys =
        "SELECT table_schema, table_name, index_name, non_unique = 0, nullable = 'YES',"
            + " column_name, "
            + expression
            + " FROM information_schema.statistics WHERE table_schema"
            + NOT_OURS
            + " ORDER BY table_schema, table_name, index_name, seq_in_index";
    this.innodbTables = innodbTables;
  }

  public Tables read(SqlLink link) {
    List<Table> tables = link.rows("listing tables", TABLES, TableSurvey::table);
    return new Tables(
        withSequences(link, tables),
        link.rows("listing columns", columns, TableSurvey::column),
        keys(link),
        link.rows(
            "listing foreign keys",
            FOREIGN_KEYS,
            row ->
                new ForeignKey(
                    name(row),
                    row.getString(3),
                    new TableName(row.getString(4), row.getString(5)))),
        hidden(link, tables));
  }

  private static TableName name(ResultSet row) throws SQLException {
    return new TableName(row.getString(1), row.getString(2));
  }

  private static Table table(ResultSet row) throws SQLException {
    java.math.BigDecimal next = row.getBigDecimal(8);
    return new Table(
        name(row),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getLong(7),
        next == null ? OptionalLong.empty() : OptionalLong.of(next.longValue()));
  }

  private static Column column(ResultSet row) throws SQLException {
    return new Column(
        name(row),
        row.getString(3),
        row.getInt(4),
        row.getString(5),
        row.getString(6),
        row.getBoolean(7),
        Optional.ofNullable(row.getString(8)),
        Optional.ofNullable(row.getString(9)),
        row.getString(10),
        row.getString(11));
  }

  private List<Index> keys(SqlLink link) {
    Map<String, Index> byName = new LinkedHashMap<>();
    var unused =
        link.rows(
            "listing indexes",
            keys,
            row -> {
              String expression = row.getString(7);
              String part = expression == null ? row.getString(6) : expression;
              Index one =
                  new Index(
                      name(row),
                      row.getString(3),
                      row.getBoolean(4),
                      row.getBoolean(5),
                      List.of(part),
                      expression != null);
              return byName.merge(one.table() + "\0" + one.name(), one, TableSurvey::longer);
            });
    return List.copyOf(byName.values());
  }

  private static Index longer(Index begun, Index next) {
    List<String> parts = new ArrayList<>(begun.parts());
    parts.addAll(next.parts());
    return new Index(
        begun.table(),
        begun.name(),
        begun.unique(),
        begun.nullable() || next.nullable(),
        parts,
        begun.functional() || next.functional());
  }

  /** A sequence keeps its number in itself, not in information_schema. */
  private static List<Table> withSequences(SqlLink link, List<Table> tables) {
    return tables.stream()
        .map(
            table ->
                table.type().equals("SEQUENCE")
                    ? numbered(table, SequenceNumbers.next(link, table.name()))
                    : table)
        .toList();
  }

  private static Table numbered(Table table, OptionalLong next) {
    return new Table(
        table.name(),
        table.type(),
        table.engine(),
        table.collation(),
        table.options(),
        table.rows(),
        next);
  }

  private List<TableName> hidden(SqlLink link, List<Table> visible) {
    List<String> listed =
        link.rows(
            "listing tables of InnoDB",
            "SELECT name FROM information_schema." + innodbTables,
            row -> row.getString(1));
    return InnodbName.hidden(listed, visible.stream().map(Table::name).toList());
  }
}

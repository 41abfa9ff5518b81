package dev.repli.database.mariadb;

import dev.repli.database.NodeException;
import dev.repli.database.jdbc.MigrationTables;
import dev.repli.database.jdbc.NamedTimeZones;
import dev.repli.database.jdbc.SqlLink;
import dev.repli.database.jdbc.TableSurvey;
import dev.repli.database.survey.Contents;
import dev.repli.database.survey.Contents.Found;
import dev.repli.database.survey.Contents.Late;
import dev.repli.database.survey.Contents.Versioned;
import dev.repli.database.survey.TableName;
import java.time.Duration;
import java.util.List;

/**
 * What the two ends of time, 2038 and 2106, do to rows: the server does not complain, it shows
 * nothing. Each look is bounded; the whole of a big table may not be looked at.
 */
final class VersionedTables {
  private static final String OLD_END = "TIMESTAMP'2038-01-19 03:14:07.999999'";
  private static final String BOUND = "SET STATEMENT max_statement_time = 2 FOR ";

  /** Looks that did not finish may not eat up the time of those that would. */
  private static final Duration BUDGET = Duration.ofSeconds(12);

  /** The column in which a period ends has a name of its own where it was given one. */
  private static final String VERSIONED =
      "SELECT t.table_schema, t.table_name, IFNULL(c.column_name, 'row_end'),"
          + " IFNULL(c.data_type, 'timestamp') FROM information_schema.tables t"
          + " LEFT JOIN information_schema.columns c ON c.table_schema = t.table_schema"
          + " AND c.table_name = t.table_name AND c.generation_expression = 'ROW END'"
          + " WHERE t.table_type = 'SYSTEM VERSIONED' AND t.table_schema"
          + TableSurvey.NOT_OURS;

  private static final String TIMESTAMPS =
      "SELECT c.table_schema, c.table_name, c.column_name FROM information_schema.columns c"
          + " JOIN information_schema.tables t ON t.table_schema = c.table_schema"
          + " AND t.table_name = c.table_name AND t.table_type IN ('BASE TABLE',"
          + " 'SYSTEM VERSIONED') WHERE c.data_type = 'timestamp'"
          + " AND IFNULL(c.generation_expression, '') NOT IN ('ROW START', 'ROW END')"
          + " AND c.table_schema"
          + TableSurvey.NOT_OURS;

  private final SqlLink link;
  private final long end = System.nanoTime() + BUDGET.toNanos();

  private VersionedTables(SqlLink link) {
    this.link = link;
  }

  static Contents read(SqlLink link) {
    VersionedTables looks = new VersionedTables(link);
    return new Contents(
        looks.versioned(), looks.late(), MigrationTables.read(link), NamedTimeZones.there(link));
  }

  private List<Versioned> versioned() {
    record Period(TableName table, String end, String type) {}
    List<Period> periods =
        link.rows(
            "listing system-versioned tables",
            VERSIONED,
            row ->
                new Period(
                    new TableName(row.getString(1), row.getString(2)),
                    row.getString(3),
                    row.getString(4)));
    return periods.stream()
        // those by transaction id know no end of time
        .filter(period -> period.type().equals("timestamp"))
        .map(period -> versioned(period.table(), period.end()))
        .toList();
  }

  private Versioned versioned(TableName table, String periodEnd) {
    String all = quoted(table) + " FOR SYSTEM_TIME ALL WHERE " + quoted(periodEnd);
    return new Versioned(
        table,
        anyIn(table, quoted(table)),
        anyIn(table, all + " = " + OLD_END),
        anyIn(table, all + " > " + OLD_END));
  }

  private List<Late> late() {
    return link
        .rows(
            "listing TIMESTAMP columns",
            TIMESTAMPS,
            row ->
                new Late(
                    new TableName(row.getString(1), row.getString(2)), row.getString(3), Found.NO))
        .stream()
        .map(
            column ->
                new Late(
                    column.table(),
                    column.column(),
                    anyIn(
                        column.table(),
                        quoted(column.table())
                            + " WHERE "
                            + quoted(column.column())
                            + " > "
                            + OLD_END)))
        .toList();
  }

  private Found anyIn(TableName table, String rows) {
    if (System.nanoTime() > end) {
      return Found.NOT_FINISHED;
    }
    try {
      boolean any =
          link.text("looking into " + table, BOUND + "SELECT 1 FROM " + rows + " LIMIT 1")
              .isPresent();
      return any ? Found.YES : Found.NO;
    } catch (NodeException e) {
      if (e.action() == NodeException.Action.WAIT_AND_RETRY) {
        return Found.NOT_FINISHED;
      }
      throw e;
    }
  }

  private static String quoted(TableName name) {
    return quoted(name.schema()) + "." + quoted(name.name());
  }

  private static String quoted(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }
}

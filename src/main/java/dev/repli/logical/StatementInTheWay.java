package dev.repli.logical;

import dev.repli.delta.DeltaEvent.Statement;
import java.util.Locale;

/** What people are told of a statement over which rows do not lead. */
final class StatementInTheWay {
  private static final int LONGEST = 300;

  /** What there is to do, for the form and the journal. */
  static final String WHAT_TO_DO =
      "No delta leads over it, so this way back is closed: go on forward, go back in place, or"
          + " make the same change on the source, copy the tables anew and cut over again";

  private StatementInTheWay() {}

  /** What there is to do where rows stand in the log that cannot be read. */
  static String unreadable(String why) {
    return why
        + ". No delta leads over it, so this way back is closed from now on: go on forward, or go"
        + " back in place. Where it is one table, abandon it in the plan (delta.tables)";
  }

  /** Statement and place, without values of rows. */
  static String words(Statement statement) {
    return "%s in %s at %s: %s"
        .formatted(
            statement.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            statement.schema().isEmpty() ? "no schema" : statement.schema(),
            statement.before(),
            text(statement));
  }

  /** Only a statement that changes rows has values of rows in it. */
  private static String text(Statement statement) {
    String sql = statement.sql().strip();
    if (statement.kind() == Statement.Kind.STATEMENT_FORMAT) {
      int space = sql.indexOf(' ');
      return (space < 0 ? sql : sql.substring(0, space)) + " … (binlog_format was not ROW)";
    }
    return sql.length() <= LONGEST ? sql : sql.substring(0, LONGEST) + "…";
  }
}

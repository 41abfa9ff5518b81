package dev.repli.database.jdbc;

import dev.repli.database.survey.Programs;
import dev.repli.database.survey.Programs.Event;
import dev.repli.database.survey.Programs.Stored;
import dev.repli.database.survey.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Routines, views, database triggers and events. */
public final class ProgramSurvey {
  private static final String VIEWS =
      "SELECT table_schema, table_name, 'view', definer, IFNULL(view_definition, ''), NULL, NULL,"
          + " '', 1 FROM information_schema.views WHERE table_schema"
          + TableSurvey.NOT_OURS;
  private static final String TRIGGERS =
      "SELECT trigger_schema, trigger_name, 'trigger', definer,"
          + " CONCAT(action_timing, ' ', event_manipulation, ' ', action_statement),"
          + " event_object_schema, event_object_table, '', 1 FROM information_schema.triggers"
          + " WHERE trigger_schema"
          + TableSurvey.NOT_OURS;
  private static final String EVENTS =
      "SELECT event_schema, event_name, definer, status, IFNULL(event_definition, ''),"
          + " last_executed, CONCAT_WS(' ', interval_value, interval_field)"
          + " FROM information_schema.events WHERE event_schema"
          + TableSurvey.NOT_OURS;

  private final String routines;

  /**
   * @param routines query with schema, name, kind, definer, text, NULL, NULL, parameters,
   *     deterministic
   */
  public ProgramSurvey(String routines) {
    this.routines = routines;
  }

  public Programs read(SqlLink link) {
    return new Programs(
        stored(link, "listing routines", routines),
        stored(link, "listing views", VIEWS),
        stored(link, "listing database triggers", TRIGGERS),
        link.rows("listing events", EVENTS, ProgramSurvey::event));
  }

  private static List<Stored> stored(SqlLink link, String doing, String sql) {
    return link.rows(doing, sql, ProgramSurvey::stored);
  }

  private static Stored stored(ResultSet row) throws SQLException {
    String schema = row.getString(6);
    return new Stored(
        new TableName(row.getString(1), row.getString(2)),
        row.getString(3).toLowerCase(Locale.ROOT),
        row.getString(4),
        row.getString(5),
        schema == null ? Optional.empty() : Optional.of(new TableName(schema, row.getString(7))),
        row.getString(8),
        row.getBoolean(9));
  }

  private static Event event(ResultSet row) throws SQLException {
    Timestamp last = row.getTimestamp(6);
    return new Event(
        new TableName(row.getString(1), row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        Optional.ofNullable(last).map(Timestamp::toInstant),
        row.getString(7));
  }
}

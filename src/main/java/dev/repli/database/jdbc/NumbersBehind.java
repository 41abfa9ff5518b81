package dev.repli.database.jdbc;

import dev.repli.database.survey.Surveyor.NumberBehind;
import dev.repli.database.survey.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Numbers that a node would hand out and that are smaller than the writer's. */
public final class NumbersBehind {
  private static final String COUNTERS =
      "SELECT t.table_schema, t.table_name, t.auto_increment, c.column_name"
          + " FROM information_schema.tables t JOIN information_schema.columns c"
          + " ON c.table_schema = t.table_schema AND c.table_name = t.table_name"
          + " AND c.extra LIKE '%auto_increment%' WHERE t.auto_increment IS NOT NULL"
          + " AND t.table_schema"
          + TableSurvey.NOT_OURS;
  private static final String SEQUENCES =
      "SELECT table_schema, table_name FROM information_schema.tables"
          + " WHERE table_type = 'SEQUENCE' AND table_schema"
          + TableSurvey.NOT_OURS;

  private NumbersBehind() {}

  public static List<NumberBehind> read(SqlLink link, Map<TableName, Long> numbers) {
    List<NumberBehind> behind = new ArrayList<>();
    counters(link).forEach(counter -> counter.addTo(behind, link, numbers));
    for (TableName sequence : sequences(link)) {
      long here = SequenceNumbers.next(link, sequence).orElse(Long.MAX_VALUE);
      Long there = numbers.get(sequence);
      if (there != null && here < there) {
        behind.add(new NumberBehind(sequence, true, there, here, OptionalLong.empty()));
      }
    }
    return behind;
  }

  private static List<Counter> counters(SqlLink link) {
    return link.rows(
        "reading AUTO_INCREMENT values",
        COUNTERS,
        row ->
            new Counter(
                new TableName(row.getString(1), row.getString(2)),
                row.getLong(3),
                row.getString(4)));
  }

  private static List<TableName> sequences(SqlLink link) {
    return link.rows(
        "listing sequences", SEQUENCES, row -> new TableName(row.getString(1), row.getString(2)));
  }

  private record Counter(TableName table, long here, String column) {
    /** The highest number is asked for only where it matters: it stands at the end of an index. */
    void addTo(List<NumberBehind> behind, SqlLink link, Map<TableName, Long> numbers) {
      Long there = numbers.get(table);
      if (there == null || here >= there) {
        return;
      }
      OptionalLong highest =
          link.text(
                  "looking for the highest number of " + table,
                  "SELECT MAX(%s) FROM %s"
                      .formatted(SequenceNumbers.quoted(column), SequenceNumbers.quoted(table)))
              .map(value -> OptionalLong.of((long) Double.parseDouble(value)))
              .orElse(OptionalLong.empty());
      behind.add(new NumberBehind(table, false, there, here, highest));
    }
  }
}

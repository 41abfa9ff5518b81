package dev.repli.delta.timed;

import dev.repli.delta.TimedTables;
import dev.repli.delta.TimedTables.Timed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Chooses the time column of each table. */
final class TimeColumns {
  private static final String TABLES =
      "SELECT table_schema, table_name, table_type, COALESCE(engine, '') FROM information_schema.tables"
          + " WHERE table_type NOT LIKE '%VIEW%' AND table_schema "
          + TimedShapes.APPLICATIONS
          + " ORDER BY 1, 2";
  private static final String TIMES =
      "SELECT c.table_schema, c.table_name, c.column_name, c.data_type,"
          + " LOWER(c.extra) LIKE '%on update current_timestamp%',"
          + " EXISTS (SELECT 1 FROM information_schema.statistics s"
          + " WHERE s.table_schema = c.table_schema AND s.table_name = c.table_name"
          + " AND s.column_name = c.column_name AND s.seq_in_index = 1)"
          + " FROM information_schema.columns c WHERE c.data_type IN ('timestamp', 'datetime')"
          + " AND c.table_schema "
          + TimedShapes.APPLICATIONS
          + " ORDER BY c.table_schema, c.table_name, c.ordinal_position";
  private static final String KEYED =
      "SELECT table_schema, table_name FROM information_schema.statistics WHERE non_unique = 0"
          + " GROUP BY table_schema, table_name, index_name"
          + " HAVING SUM(nullable = 'YES' OR sub_part IS NOT NULL OR column_name IS NULL) = 0";
  private static final String REFERENCES =
      "SELECT DISTINCT table_schema, table_name, referenced_table_schema, referenced_table_name"
          + " FROM information_schema.key_column_usage WHERE referenced_table_name IS NOT NULL";

  /** A column that could tell. */
  private record Candidate(String name, boolean inUtc, boolean setByServer, boolean indexed) {}

  private final Ask ask;
  private final TimedShapes shapes;
  private final Map<String, String> named;
  private final Map<String, List<Candidate>> candidates = new HashMap<>();
  private final Set<String> keyed = new HashSet<>();

  TimeColumns(Ask ask, TimedShapes shapes, Map<String, String> named) {
    this.ask = ask;
    this.shapes = shapes;
    this.named = named;
    for (List<String> row : ask.rows(TIMES)) {
      candidates
          .computeIfAbsent(name(row), name -> new ArrayList<>())
          .add(
              new Candidate(
                  row.get(2),
                  row.get(3).equals("timestamp"),
                  row.get(4).equals("1"),
                  row.get(5).equals("1")));
    }
    ask.rows(KEYED).forEach(row -> keyed.add(name(row)));
  }

  private static String name(List<String> row) {
    return row.get(0) + "." + row.get(1);
  }

  TimedTables choose() {
    List<Timed> timed = new ArrayList<>();
    List<List<String>> visible = ask.rows(TABLES);
    Map<String, String> untimed = new TreeMap<>(new UnseenTables(ask).beside(visible));
    for (List<String> row : visible) {
      Optional<String> obstacle = obstacle(row);
      if (obstacle.isPresent()) {
        untimed.put(name(row), obstacle.get());
      } else {
        Candidate column = candidate(name(row)).orElseThrow();
        timed.add(new Timed(row.get(0), row.get(1), column.name, column.inUtc));
      }
    }
    return new TimedTables(parentsFirst(timed), untimed);
  }

  /** Without a key nobody could tell a row that is there already from a new one. */
  private Optional<String> obstacle(List<String> row) {
    String table = name(row);
    if (!row.get(2).equals("BASE TABLE")) {
      return Optional.of(row.get(2).toLowerCase(java.util.Locale.ROOT));
    }
    if (!row.get(3).equalsIgnoreCase("InnoDB")) {
      return Optional.of("engine " + row.get(3) + ", which shows no single moment");
    }
    if (!keyed.contains(table)) {
      return Optional.of("no key that tells its rows apart");
    }
    if (candidate(table).isEmpty()) {
      String wanted = named.get(table);
      return Optional.of(
          wanted == null
              ? "no time column with an index; name one in delta.tables"
              : "delta.tables names " + wanted + ", which is no TIMESTAMP or DATETIME there");
    }
    return shapes.unknown(table);
  }

  private Optional<Candidate> candidate(String table) {
    List<Candidate> all = candidates.getOrDefault(table, List.of());
    String wanted = named.get(table);
    if (wanted != null) {
      return all.stream().filter(column -> column.name.equalsIgnoreCase(wanted)).findFirst();
    }
    List<Candidate> indexed = all.stream().filter(Candidate::indexed).toList();
    return indexed.stream()
        .filter(Candidate::setByServer)
        .findFirst()
        .or(
            () ->
                indexed.stream()
                    .filter(column -> column.name.equalsIgnoreCase("updated_at"))
                    .findFirst());
  }

  /** A child whose parent is not there yet would be refused. Circles stay as they are. */
  private List<Timed> parentsFirst(List<Timed> tables) {
    Map<String, Set<String>> parents = new HashMap<>();
    for (List<String> row : ask.rows(REFERENCES)) {
      parents.computeIfAbsent(name(row), t -> new HashSet<>()).add(row.get(2) + "." + row.get(3));
    }
    List<Timed> left = new ArrayList<>(tables);
    List<Timed> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      Set<String> waiting = new HashSet<>();
      left.forEach(table -> waiting.add(table.fullName()));
      Timed next =
          left.stream()
              .filter(
                  table ->
                      parents.getOrDefault(table.fullName(), Set.of()).stream()
                          .noneMatch(
                              parent ->
                                  !parent.equals(table.fullName()) && waiting.contains(parent)))
              .findFirst()
              .orElse(left.get(0));
      left.remove(next);
      ordered.add(next);
    }
    return ordered;
  }
}

package dev.repli.delta.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.DeltaLab;
import dev.repli.delta.DeltaRange;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import dev.repli.delta.sql.ColumnSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every type of column with its extreme and its odd values: what the binary log tells must be what
 * the server itself answers, and writing it elsewhere must give the same again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ColumnTypesContract {
  private final String release;
  private DeltaLab lab;

  ColumnTypesContract(String release) {
    this.release = release;
  }

  @BeforeAll
  void start() {
    assumeTrue(DeltaLab.isThere(release), release + " is not unpacked: scripts/fetch-servers");
    lab = DeltaLab.start(release);
    lab.run("SET GLOBAL binlog_row_metadata = FULL");
  }

  @AfterAll
  void stop() {
    if (lab != null) {
      lab.close();
    }
  }

  List<TypeSamples> samples() {
    return TypeSamples.of(release);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void tellsWhatTheServerHas(TypeSamples samples) throws SQLException {
    String table = samples.table();
    lab.run(
        "DROP TABLE IF EXISTS " + table,
        "CREATE TABLE %s (id INT PRIMARY KEY, v %s, n INT)".formatted(table, samples.type()),
        "SET SESSION sql_mode = ''");
    Position start = lab.position();
    List<String> inserts = new ArrayList<>();
    inserts.add("SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO'");
    for (int i = 0; i < samples.values().size(); i++) {
      inserts.add(
          "INSERT INTO %s (id, v, n) VALUES (%d, %s, 1)"
              .formatted(table, i, samples.values().get(i)));
    }
    lab.run(inserts.toArray(String[]::new));
    List<DeltaEvent> written = read(start);
    assertThat(written).hasSize(samples.values().size());
    DeltaTable shape = ((Insert) written.get(0)).table();
    List<Row> there = lab.rows(shape);
    assertThat(written).map(event -> ((Insert) event).after()).containsExactlyElementsOf(there);

    writtenElsewhereIsTheSame(shape, written, there);

    Position changed = lab.position();
    lab.run("SET SESSION sql_mode = ''", "UPDATE " + table + " SET n = 2");
    List<Row> after = lab.rows(shape);
    lab.run("DELETE FROM " + table + " WHERE id >= 0 ORDER BY id");
    List<DeltaEvent> changes = read(changed);
    assertThat(changes.stream().filter(Update.class::isInstance).map(Update.class::cast))
        .satisfies(
            updates -> {
              assertThat(updates).map(Update::before).containsExactlyElementsOf(there);
              assertThat(updates).map(Update::after).containsExactlyElementsOf(after);
            });
    assertThat(changes.stream().filter(Delete.class::isInstance).map(Delete.class::cast))
        .map(Delete::before)
        .containsExactlyElementsOf(after);
  }

  private void writtenElsewhereIsTheSame(
      DeltaTable shape, List<DeltaEvent> written, List<Row> expected) throws SQLException {
    String copy = shape.name() + "_copy";
    lab.run("DROP TABLE IF EXISTS " + copy, "CREATE TABLE " + copy + " LIKE " + shape.name());
    List<ColumnSql> places =
        lab.columns(shape).stream().filter(column -> !column.column().generated()).toList();
    try (Connection connection = lab.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : DeltaLab.SESSION) {
        statement.execute(sql);
      }
      for (DeltaEvent event : written) {
        insert(connection, copy, ((Insert) event).after(), places);
      }
    }
    DeltaTable same = new DeltaTable("app", copy, shape.columns(), shape.primaryKey());
    assertThat(lab.rows(same)).containsExactlyElementsOf(expected);
  }

  private static void insert(Connection connection, String table, Row row, List<ColumnSql> columns)
      throws SQLException {
    List<ColumnSql> places =
        columns.stream().map(column -> column.forCell(row.cell(column.place()))).toList();
    String names = places.stream().map(ColumnSql::name).collect(Collectors.joining(", "));
    String marks = places.stream().map(ColumnSql::written).collect(Collectors.joining(", "));
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO %s (%s) VALUES (%s)".formatted(table, names, marks))) {
      for (int i = 0; i < places.size(); i++) {
        places.get(i).bind(insert, i + 1, row.cell(places.get(i).place()));
      }
      insert.executeUpdate();
    }
  }

  /** The rows from there to now. */
  private List<DeltaEvent> read(Position from) {
    DeltaRange range = new DeltaRange(from, Optional.of(lab.position()), Set.of("app"));
    List<DeltaEvent> rows = new ArrayList<>();
    try (DeltaStream stream = new BinlogDeltaSource(lab.secrets()).open(lab.node(), range)) {
      while (true) {
        DeltaEvent event = stream.next(Duration.ofSeconds(30));
        if (event instanceof DeltaEvent.RowChange) {
          rows.add(event);
        } else if (event instanceof DeltaEvent.Statement statement) {
          throw new AssertionError("stopped at " + statement);
        } else if (event instanceof Finished) {
          return rows;
        }
      }
    }
  }
}

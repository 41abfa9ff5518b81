package dev.repli.delta.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.repli.database.NodeException;
import dev.repli.database.Position;
import dev.repli.delta.Cell;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.Passed;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.DeltaLab;
import dev.repli.delta.DeltaRange;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.InTheWayException;
import dev.repli.delta.UnreadableDeltaException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What makes a reader of binary logs lose or change rows, on a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BinlogTrapsContract {
  private final String release;
  protected DeltaLab lab;
  protected Set<String> passedOver = Set.of();

  BinlogTrapsContract(String release) {
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

  @BeforeEach
  void table() {
    lab.run(
        "CREATE DATABASE IF NOT EXISTS other",
        "DROP TABLE IF EXISTS t, renamed",
        "CREATE TABLE t (id INT PRIMARY KEY, a VARCHAR(20), b BLOB, c INT UNSIGNED DEFAULT 7)");
  }

  @Test
  void tellsTransactionsInTheirOrderWithTheirRows() {
    Position start = lab.position();
    lab.run(
        "BEGIN",
        "INSERT INTO t (id, a) VALUES (1, 'one'), (2, 'two')",
        "UPDATE t SET id = 3 WHERE id = 2",
        "COMMIT",
        "DELETE FROM t WHERE id = 1");
    List<DeltaEvent> events = read(start, lab.position());
    assertThat(events)
        .map(event -> event.getClass().getSimpleName())
        .containsExactly(
            "Begin", "Insert", "Insert", "Update", "End", "Begin", "Delete", "End", "Finished");
    assertThat(((Update) events.get(3)).before().cell(0)).isEqualTo(new Cell.Text("2"));
    assertThat(((Update) events.get(3)).after().cell(0)).isEqualTo(new Cell.Text("3"));
    assertThat(((Begin) events.get(0)).at().position()).isEqualTo(start);
    assertThat(((End) events.get(4)).after().position().value())
        .isEqualTo(((Begin) events.get(5)).at().position().value());
    assertThat(((Finished) events.get(8)).at().position()).isEqualTo(lab.position());
  }

  @Test
  void endsExactlyAtThePositionAndGoesOnFromAnyEnd() {
    Position start = lab.position();
    lab.run("INSERT INTO t (id) VALUES (1)", "INSERT INTO t (id) VALUES (2)");
    Position middle = lab.position();
    lab.run("INSERT INTO t (id) VALUES (3)", "INSERT INTO t (id) VALUES (4)");
    assertThat(ids(read(start, middle))).containsExactly("1", "2");
    assertThat(ids(read(middle, lab.position()))).containsExactly("3", "4");
    assertThat(read(middle, middle)).hasOnlyElementsOfType(Finished.class);
    End first = (End) read(start, middle).get(2);
    assertThat(ids(read(first.after().position(), middle))).containsExactly("2");
  }

  @Test
  void readsFromFileAndOffsetOverRotatedLogs() {
    Position start = lab.filePosition();
    lab.run("INSERT INTO t (id) VALUES (1)", "FLUSH BINARY LOGS", "INSERT INTO t (id) VALUES (2)");
    Position middle = lab.filePosition();
    lab.run("FLUSH BINARY LOGS", "INSERT INTO t (id) VALUES (3)");
    assertThat(ids(read(start, middle))).containsExactly("1", "2");
    assertThat(ids(read(middle, lab.filePosition()))).containsExactly("3");
    assertThat(ids(read(start, lab.filePosition()))).containsExactly("1", "2", "3");
  }

  @Test
  void passesOverOtherSchemasAndItsOwnTables() {
    lab.run(
        "CREATE TABLE IF NOT EXISTS other.t (id INT PRIMARY KEY)",
        "CREATE DATABASE IF NOT EXISTS repli_probe",
        "CREATE TABLE IF NOT EXISTS repli_probe.heartbeat (id INT PRIMARY KEY)",
        "DELETE FROM other.t",
        "DELETE FROM repli_probe.heartbeat");
    Position start = lab.position();
    lab.run(
        "INSERT INTO other.t VALUES (1)",
        "INSERT INTO repli_probe.heartbeat VALUES (1)",
        "BEGIN",
        "INSERT INTO other.t VALUES (2)",
        "INSERT INTO t (id) VALUES (9)",
        "COMMIT");
    assertThat(ids(read(start, lab.position()))).containsExactly("9");
    DeltaRange all = new DeltaRange(start, Optional.of(lab.position()), Set.of());
    assertThat(ids(read(all))).containsExactly("1", "2", "9");
  }

  @Test
  void stopsAtDefinitionsAndGoesOnBehindThem() {
    Position start = lab.position();
    lab.run(
        "INSERT INTO t (id) VALUES (1)",
        "CREATE TABLE renamed (id INT PRIMARY KEY)",
        "INSERT INTO t (id) VALUES (2)");
    List<DeltaEvent> events = read(start, lab.position());
    Statement stop = (Statement) events.get(events.size() - 1);
    assertThat(stop.kind()).isEqualTo(Statement.Kind.DDL);
    assertThat(stop.sql()).contains("CREATE TABLE renamed (id INT PRIMARY KEY)");
    assertThat(ids(events)).containsExactly("1");
    assertThat(ids(read(stop.after().position(), lab.position()))).containsExactly("2");
  }

  @Test
  void refusesRowsOfATableWhoseColumnsAreOthersNow() {
    Position start = lab.position();
    lab.run("INSERT INTO t (id) VALUES (1)", "ALTER TABLE t ADD d INT");
    Position altered = lab.position();
    lab.run("INSERT INTO t (id, d) VALUES (2, 3)");
    assertThatThrownBy(() -> read(start, lab.position()))
        .isInstanceOf(UnreadableDeltaException.class)
        .hasMessageContaining("rows of app.t", "its columns are others now");
    assertThat(ids(read(altered, lab.position()))).containsExactly("2");
  }

  @Test
  void stopsAtTruncate() {
    lab.run("INSERT INTO t (id) VALUES (1)");
    Position start = lab.position();
    lab.run("TRUNCATE TABLE t");
    assertThat(last(read(start, lab.position())))
        .isInstanceOfSatisfying(
            Statement.class, stop -> assertThat(stop.kind()).isEqualTo(Statement.Kind.TRUNCATE));
  }

  @Test
  void stopsAtRowsThatWereWrittenAsText() {
    Position start = lab.position();
    lab.run("SET SESSION binlog_format = STATEMENT", "INSERT INTO t (id) VALUES (1)");
    assertThat(last(read(start, lab.position())))
        .isInstanceOfSatisfying(
            Statement.class,
            stop -> assertThat(stop.kind()).isEqualTo(Statement.Kind.STATEMENT_FORMAT));
  }

  @Test
  void refusesRowsThatStandInTheLogWithoutSomeColumns() {
    lab.run("INSERT INTO t VALUES (1, 'x', 'blob', 2)");
    Position start = lab.position();
    lab.run("SET SESSION binlog_row_image = MINIMAL", "UPDATE t SET a = 'y'");
    assertThatThrownBy(() -> read(start, lab.position()))
        .isInstanceOf(UnreadableDeltaException.class)
        .hasMessageContaining("app.t")
        .hasMessageContaining("binlog_row_image = FULL");
    Position deleted = lab.position();
    lab.run("SET SESSION binlog_row_image = NOBLOB", "DELETE FROM t");
    assertThatThrownBy(() -> read(deleted, lab.position()))
        .isInstanceOf(UnreadableDeltaException.class)
        .hasMessageContaining("column b");
  }

  @Test
  void passesOverRowsThatLackColumnsWhereNobodyWantsTheTable() {
    lab.run("CREATE TABLE scrap (id INT PRIMARY KEY, a VARCHAR(9), b VARCHAR(9))");
    lab.run("INSERT INTO scrap VALUES (1, 'x', 'y'), (2, 'x', 'y')");
    Position start = lab.position();
    lab.run(
        "SET SESSION binlog_row_image = MINIMAL",
        "BEGIN",
        "UPDATE scrap SET a = 'z'",
        "INSERT INTO t VALUES (41, 'beside', 'blob', 2)",
        "COMMIT",
        "UPDATE scrap SET b = 'z'",
        "SET SESSION binlog_row_image = FULL",
        "INSERT INTO t (id) VALUES (42)");
    List<DeltaEvent> events = readWithout(start, Set.of("app.scrap"));
    assertThat(events.stream().filter(RowChange.class::isInstance).map(RowChange.class::cast))
        .allSatisfy(row -> assertThat(row.table().fullName()).isEqualTo("app.t"))
        .hasSize(2);
    assertThat(passedOver).containsExactly("app.scrap");
    assertThatThrownBy(() -> read(start, lab.position()))
        .isInstanceOf(InTheWayException.class)
        .hasMessageContaining("app.scrap");
    lab.run("DROP TABLE scrap");
  }

  @Test
  void takesNamesFromTheServerOnlyWhileTheTableIsTheSame() {
    boolean mySql = lab.isMySql();
    lab.run("SET GLOBAL binlog_row_metadata = " + (mySql ? "MINIMAL" : "NO_LOG"));
    try {
      Position start = lab.position();
      lab.run("INSERT INTO t VALUES (1, 'x', x'00', 4294967295)");
      Position end = lab.position();
      Insert insert = (Insert) read(start, end).get(1);
      assertThat(insert.table().columns().get(3).name()).isEqualTo("c");
      assertThat(insert.table().primaryKey()).containsExactly(0);
      assertThat(lab.rows(insert.table())).containsExactly(insert.after());
      lab.run("ALTER TABLE t CHANGE c d INT UNSIGNED");
      assertThatThrownBy(() -> read(start, end))
          .isInstanceOf(UnreadableDeltaException.class)
          .hasMessageContaining("binlog_row_metadata = FULL");
    } finally {
      lab.run("SET GLOBAL binlog_row_metadata = FULL");
    }
  }

  @Test
  void saysWhenThePositionIsGone() {
    Position start = lab.position();
    lab.run("INSERT INTO t (id) VALUES (1)", "FLUSH BINARY LOGS");
    Position end = lab.position();
    String file = lab.filePosition().value().replaceAll(":.*", "");
    // a log that a connection before still reads is kept
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              lab.run("PURGE BINARY LOGS TO '" + file + "'");
              return lab.text("SHOW BINARY LOGS").equals(file);
            });
    assertThatThrownBy(() -> read(start, end))
        .isInstanceOfSatisfying(
            NodeException.class,
            e -> assertThat(e.action()).isEqualTo(NodeException.Action.CORRECT_INPUT));
  }

  @Test
  void refusesTwoPhaseTransactions() {
    Position start = lab.position();
    lab.run(
        "XA START 'one'",
        "INSERT INTO t (id) VALUES (1)",
        "XA END 'one'",
        "XA PREPARE 'one'",
        "XA COMMIT 'one'");
    assertThatThrownBy(() -> read(start, lab.position()))
        .isInstanceOf(UnreadableDeltaException.class)
        .hasMessageContaining("XA")
        .isInstanceOfSatisfying(
            InTheWayException.class, inTheWay -> assertThat(inTheWay.table()).isEmpty());
  }

  @Test
  void followsTheServerForEver() {
    DeltaRange endless = new DeltaRange(lab.position(), Optional.empty(), Set.of("app"));
    try (DeltaStream stream = open(endless)) {
      lab.run("INSERT INTO t (id) VALUES (1)");
      assertThat(nextOf(stream, Insert.class).after().cell(0)).isEqualTo(new Cell.Text("1"));
      Position end = lab.position();
      assertThat(nextOf(stream, End.class).after().position()).isEqualTo(end);
      lab.run("INSERT INTO t (id) VALUES (2)");
      assertThat(nextOf(stream, Insert.class).after().cell(0)).isEqualTo(new Cell.Text("2"));
    }
  }

  private static <T extends DeltaEvent> T nextOf(DeltaStream stream, Class<T> wanted) {
    for (int i = 0; i < 1000; i++) {
      DeltaEvent event = stream.next(Duration.ofSeconds(20));
      if (wanted.isInstance(event)) {
        return wanted.cast(event);
      }
    }
    throw new AssertionError("no " + wanted.getSimpleName());
  }

  protected List<DeltaEvent> read(Position from, Position to) {
    return read(new DeltaRange(from, Optional.of(to), Set.of("app")));
  }

  /** Up to now; what was passed over of these is in {@link #passedOver}. */
  protected List<DeltaEvent> readWithout(Position from, Set<String> abandoned) {
    return read(new DeltaRange(from, Optional.of(lab.position()), Set.of("app"), abandoned));
  }

  /** Without {@link Passed}, which may stand between any two transactions. */
  private List<DeltaEvent> read(DeltaRange range) {
    List<DeltaEvent> events = new ArrayList<>();
    try (DeltaStream stream = open(range)) {
      DeltaEvent event;
      do {
        event = stream.next(Duration.ofSeconds(30));
        if (!(event instanceof Passed)) {
          events.add(event);
        }
      } while (!(event instanceof Finished) && !(event instanceof Statement));
      passedOver = stream.passedOver();
    }
    return events;
  }

  private DeltaStream open(DeltaRange range) {
    return new BinlogDeltaSource(lab.secrets()).open(lab.node(), range);
  }

  protected static DeltaEvent last(List<DeltaEvent> events) {
    return events.get(events.size() - 1);
  }

  protected static List<String> ids(List<DeltaEvent> events) {
    return events.stream()
        .filter(RowChange.class::isInstance)
        .map(event -> ((Insert) event).after().cell(0))
        .map(cell -> ((Cell.Text) cell).value())
        .toList();
  }
}

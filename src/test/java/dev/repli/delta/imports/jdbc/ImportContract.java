package dev.repli.delta.imports.jdbc;

import static dev.repli.delta.imports.History.row;
import static dev.repli.delta.imports.jdbc.ImportLab.ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.repli.database.Position;
import dev.repli.delta.Cell;
import dev.repli.delta.ColumnKind;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Place;
import dev.repli.delta.Row;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.HeldChange;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.History;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportException;
import dev.repli.delta.imports.ImportResult;
import dev.repli.delta.imports.ImportSession;
import dev.repli.delta.imports.PlainCheck;
import dev.repli.delta.imports.SilentHold;
import dev.repli.delta.imports.SlowHold;
import dev.repli.lab.LossyLink;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What an import has to do on every server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ImportContract extends ImportLookContract {
  abstract Connection admin() throws SQLException;

  @BeforeEach
  void empty() throws SQLException {
    run(
        "DROP DATABASE IF EXISTS app",
        "CREATE DATABASE app",
        ImportLab.THINGS,
        "DROP TABLE IF EXISTS repli_probe.delta_import");
  }

  @Override
  final void run(String... statements) throws SQLException {
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  final String text(String sql) throws SQLException {
    try (Connection connection = admin()) {
      return ImportLab.text(connection, sql);
    }
  }

  final ImportResult imported(HeldChanges held, Changes changes, String... tables) {
    return ImportLab.run(ImportLab.request(node(), tables), held, changes);
  }

  @Test
  void comesToWhatOneChangeAfterTheOtherComesTo() throws SQLException {
    for (long seed = 0; seed < 6; seed++) {
      empty();
      PlainCheck check = new PlainCheck(seed, 80, 60);
      HeldChanges held = ImportLab.held();
      try (Connection connection = admin()) {
        ImportLab.fill(connection, check.source);

        ImportResult result =
            ImportLab.run(ImportLab.request(node(), "things"), held, check.history);

        check.assertRight(result, ImportLab.rows(connection), held);
      }
    }
  }

  @Test
  void appliesManyRowsTogetherAndFindsTheOneThatDiffers() throws SQLException {
    Changes changes =
        Changes.transaction(
            IntStream.range(0, 500)
                .mapToObj(id -> new Insert(History.THINGS, row(id, "new", id)))
                .toArray(Insert[]::new));
    changes.and(
        IntStream.range(0, 500)
            .mapToObj(id -> new Update(History.THINGS, row(id, "new", id), row(id, "changed", id)))
            .toArray(Update[]::new));
    run("INSERT INTO app.things VALUES (77, 'NEW', 77), (78, 'changed', 78)");
    HeldChanges held = ImportLab.held();

    ImportResult result = imported(held, changes, "things");

    // 77 differs in case only; 78 is no new row, but after the update it is there already
    assertThat(result.counts()).isEqualTo(new ImportCounts(1000, 996, 0, 0, 4));
    assertThat(text("SELECT COUNT(*) FROM app.things WHERE name = 'changed'")).isEqualTo("499");
    assertThat(text("SELECT HEX(name) FROM app.things WHERE id = 77")).isEqualTo("4E4557");
    HeldChange first = held.changes(ID, 78, 10).get(0);
    assertThat(first.now()).contains(row(77, "NEW", 77));
    assertThat(held.changes(ID, 78, 10))
        .extracting(HeldChange::kind)
        .containsExactly(HeldChange.Kind.CONFLICT, HeldChange.Kind.WAITING);
  }

  /** Both find nothing of the import there, and later a place that one of them has committed. */
  @Test
  void losesNothingThatIsHeldWhenTwoSessionsMeet() throws Exception {
    run("INSERT INTO app.things VALUES (1, 'by hand', 1), (2, 'by hand', 2)");
    HeldChanges held = ImportLab.held();
    Changes changes =
        Changes.transaction(new Update(History.THINGS, row(1, "old", 1), row(1, "new", 1)));
    for (int times = 1; times <= 2; times++) {
      MeetingSessions.meet(node(), this::admin, held, changes);

      imported(held, changes, "things");
      assertThat(held.count(ID)).isEqualTo(times);
      assertThat(text("SELECT held FROM repli_probe.delta_import")).isEqualTo("" + times);
      changes.and(new Update(History.THINGS, row(2, "old", 2), row(2, "new", 2)));
    }
  }

  /** The session ends, and with it what it has locked, while Repli's own database is slow. */
  @Test
  void leavesNothingHeldThatAnotherSessionAppliedMeanwhile() throws SQLException {
    run("INSERT INTO app.things VALUES (1, 'by hand', 1)");
    HeldChanges held = ImportLab.held();
    Changes changes =
        Changes.transaction(new Update(History.THINGS, row(1, "old", 1), row(1, "new", 1)));

    imported(new SlowHold(held, () -> another(held, changes)), changes, "things");

    assertThat(held.count(ID)).isZero();
    assertThat(text("SELECT name FROM app.things")).isEqualTo("new");
    assertThat(text("SELECT held FROM repli_probe.delta_import")).isEqualTo("0");
  }

  /** Rows that would come twice, and one commit for each, so that the place moves on. */
  private Changes keyless() throws SQLException {
    run("ALTER TABLE app.things DROP PRIMARY KEY");
    DeltaTable things = new DeltaTable("app", "things", History.THINGS.columns(), List.of());
    return Changes.transaction(
            new Insert(things, row(1, "a", 1)), new Insert(things, row(1, "a", 1)))
        .and(new Insert(things, row(2, "b", 2)));
  }

  private void everyRowIsThereOnce() throws SQLException {
    assertThat(text("SELECT GROUP_CONCAT(id, name ORDER BY id) FROM app.things"))
        .isEqualTo("1a,1a,2b");
    assertThat(text("SELECT CONCAT_WS(' ', position, applied) FROM repli_probe.delta_import"))
        .isEqualTo("0-2-5002 3");
  }

  /** Its lease may be over by the time it commits: it has the place, and who goes on waits. */
  @Test
  void whoTakesOverWaitsForTheCommitOfOneThatFellAsleepBehindItsLastLook() throws Exception {
    Changes changes = keyless();

    ImportResult result =
        MeetingSessions.takeOver(node(), this::admin, ImportLab.held(), changes, () -> {});

    assertThat(result.counts().applied()).isEqualTo(3);
    everyRowIsThereOnce();
  }

  /** The server has ended its session meanwhile, and with it what it had. */
  @Test
  void oneThatFellAsleepCommitsNothingWhenAnotherHasGoneOn() throws Exception {
    Changes changes = keyless();

    ImportResult result =
        MeetingSessions.takeOver(
            node(), this::admin, ImportLab.held(), changes, this::endSessionsOrFail);

    assertThat(result.counts().applied()).isEqualTo(3);
    everyRowIsThereOnce();
  }

  private void endSessionsOrFail() {
    try {
      endSessions();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where nothing but the place has moved, it must not go back, either. */
  @Test
  void aLateSessionDoesNotMoveThePlaceBack() {
    Checkpoint begun = checkpoint(1);
    try (ImportSession late = ImportLab.target().open(node(), ImportLab.account());
        ImportSession next = ImportLab.target().open(node(), ImportLab.account())) {
      late.begin(Optional.empty());
      late.commit(ID, Optional.empty(), begun, () -> {});
      next.begin(Optional.empty());
      next.commit(ID, Optional.of(begun), checkpoint(9), () -> {});

      late.begin(Optional.empty());
      assertThatThrownBy(() -> late.commit(ID, Optional.of(begun), checkpoint(5), () -> {}))
          .isInstanceOf(ImportException.class)
          .hasMessageContaining("another session goes on");
      assertThat(next.checkpoint(ID)).contains(checkpoint(9));
    }
  }

  private static Checkpoint checkpoint(int offset) {
    Position position = new Position(Position.Kind.MARIADB_GTID, "0-2-" + offset);
    return new Checkpoint(
        Optional.of(new Place(position, "bin.000001", offset)), ImportCounts.NONE, false);
  }

  /** Who decides about held changes must not wait as long as an import waits for its node. */
  @Test
  void letsGoOfReplisOwnDatabaseSoonWhileTheNodeIsSilent() throws Exception {
    run("INSERT INTO app.things VALUES (1, 'by hand', 1)");
    Changes changes =
        Changes.transaction(new Update(History.THINGS, row(1, "old", 1), row(1, "new", 1)));
    try (LossyLink link = LossyLink.to(node().address().port())) {
      SilentHold held =
          new SilentHold(
              ImportLab.held(), () -> link.loseAnswerTo(ID.value(), LossyLink.Loss.SILENCE));
      CompletableFuture<ImportResult> result =
          CompletableFuture.supplyAsync(
              () ->
                  ImportLab.run(
                      ImportLab.request(ImportLab.node(node().kind(), link.port()), "things"),
                      held,
                      changes));
      await().atMost(Duration.ofMinutes(1)).until(held::isOver);
      assertThat(link.hasLost()).isTrue();
      endSessions(); // at last it knows that nobody is there any more

      assertThat(result.get(2, TimeUnit.MINUTES).counts())
          .isEqualTo(new ImportCounts(1, 0, 0, 0, 1));
      assertThat(held.numbers(ID, 9)).containsExactly(1L);
      assertThat(text("SELECT held FROM repli_probe.delta_import")).isEqualTo("1");
    }
  }

  private void endSessions() throws SQLException {
    String mine = "SELECT GROUP_CONCAT(id) FROM information_schema.processlist WHERE user = '%s'";
    for (String id : text(mine.formatted("repli_import")).split(",", -1)) {
      try {
        run("KILL " + id);
      } catch (SQLException gone) {
        // by itself
      }
    }
  }

  private void another(HeldChanges held, Changes changes) {
    try {
      run(
          "KILL "
              + text("SELECT id FROM information_schema.processlist WHERE user = 'repli_import'"),
          "UPDATE app.things SET name = 'old'");
      imported(held, changes, "things");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void swapsUniqueValuesInsideATransactionInTheOrderInWhichItWasDone() throws SQLException {
    run(
        "ALTER TABLE app.things ADD UNIQUE (name)",
        "INSERT INTO app.things VALUES (1, 'a', 1), (2, 'b', 2)");
    ImportResult result =
        imported(
            ImportLab.held(),
            Changes.transaction(
                new Update(History.THINGS, row(1, "a", 1), row(1, "-", 1)),
                new Update(History.THINGS, row(2, "b", 2), row(2, "a", 2)),
                new Update(History.THINGS, row(1, "-", 1), row(1, "b", 1))),
            "things");

    assertThat(result.counts().applied()).isEqualTo(3);
    assertThat(text("SELECT GROUP_CONCAT(id, name ORDER BY id) FROM app.things"))
        .isEqualTo("1b,2a");
  }

  @Test
  void keepsWhatCollidesWithAnotherRowAsDeadLetterWithTheError() throws SQLException {
    run(
        "ALTER TABLE app.things ADD UNIQUE (name)",
        "INSERT INTO app.things VALUES (9, 'taken here', 1)");
    HeldChanges held = ImportLab.held();

    ImportResult result =
        imported(
            held,
            Changes.transaction(
                    new Insert(History.THINGS, row(1, "taken here", 1)),
                    new Insert(History.THINGS, row(2, "free", 1)))
                .and(new Update(History.THINGS, row(1, "taken here", 1), row(1, "free too", 1))),
            "things");

    assertThat(result.counts()).isEqualTo(new ImportCounts(3, 1, 0, 0, 2));
    assertThat(held.changes(ID, 1, 10))
        .extracting(HeldChange::kind)
        .containsExactly(HeldChange.Kind.DEAD_LETTER, HeldChange.Kind.WAITING);
    assertThat(held.changes(ID, 1, 1).get(0).error()).contains("1062").contains("taken here");
  }

  @Test
  void keepsForeignKeysInOrderAndTheirChecksOn() throws SQLException {
    run(
        "CREATE TABLE app.lines (id INT PRIMARY KEY, name VARCHAR(50), amount INT,"
            + " FOREIGN KEY (amount) REFERENCES app.things (id)) ENGINE=InnoDB");
    DeltaTable lines = History.table("lines");
    HeldChanges held = ImportLab.held();

    ImportResult result =
        imported(
            held,
            Changes.transaction(
                    new Insert(History.THINGS, row(1, "parent", 0)),
                    new Insert(lines, row(10, "child", 1)),
                    new Insert(History.THINGS, row(2, "parent", 0)),
                    new Insert(lines, row(11, "child", 2)))
                .and(
                    new Delete(lines, row(10, "child", 1)),
                    new Delete(History.THINGS, row(1, "parent", 0)))
                .and(new Insert(lines, row(12, "orphan", 99))),
            "things",
            "lines");

    assertThat(result.counts()).isEqualTo(new ImportCounts(7, 6, 0, 0, 1));
    assertThat(held.changes(ID, 7, 1).get(0).error()).contains("1452");
    assertThat(text("SELECT GROUP_CONCAT(id) FROM app.lines")).isEqualTo("11");
  }

  @Test
  void changesOneOfSeveralEqualRowsWhereThereIsNoKey() throws SQLException {
    run(
        "ALTER TABLE app.things DROP PRIMARY KEY",
        "INSERT INTO app.things VALUES (1, 'x', 1), (1, 'x', 1), (1, 'x', 1), (2, NULL, NULL)");
    DeltaTable things = new DeltaTable("app", "things", History.THINGS.columns(), List.of());
    Row nothing = Row.of(new Cell.Text("2"), Cell.NULL, Cell.NULL);
    HeldChanges held = ImportLab.held();

    ImportResult result =
        imported(
            held,
            Changes.transaction(
                    new Delete(things, row(1, "x", 1)),
                    new Update(things, row(1, "x", 1), row(1, "y", 1)),
                    new Update(things, nothing, row(2, "z", 2)))
                .and(new Delete(things, row(3, "never there", 1)))
                .and(new Insert(things, row(1, "x", 1))),
            "things");

    assertThat(result.counts()).isEqualTo(new ImportCounts(5, 4, 0, 0, 1));
    assertThat(text("SELECT GROUP_CONCAT(id, name ORDER BY id, name) FROM app.things"))
        .isEqualTo("1x,1x,1y,2z");
    assertThat(held.changes(ID, 4, 1).get(0).kind()).isEqualTo(HeldChange.Kind.CONFLICT);
  }

  @Test
  void writesZeroIntoAnAutoIncrementAndLeavesComputedAndTimeStampedColumnsAlone()
      throws SQLException {
    run(
        "CREATE TABLE app.stamped (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50), amount INT,"
            + " twice INT AS (amount * 2) STORED,"
            + " at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,"
            + " made TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP)"
            + " ENGINE=InnoDB CHARACTER SET utf8mb4");
    DeltaTable plain = History.THINGS;
    List<DeltaColumn> columns = new java.util.ArrayList<>(plain.columns());
    columns.add(column("twice", ColumnKind.INT, true));
    columns.add(column("at", ColumnKind.TIMESTAMP, false));
    columns.add(column("made", ColumnKind.TIMESTAMP, false));
    DeltaTable stamped = new DeltaTable("app", "stamped", columns, List.of(0));
    Cell at = new Cell.Text("2026-01-02 03:04:05");
    Row first = Row.of(text(0), new Cell.Text("a"), text(4), text(8), at, at);
    Row second = Row.of(text(0), new Cell.Text("b"), text(5), text(10), at, at);

    ImportResult result =
        imported(
            ImportLab.held(),
            Changes.transaction(new Insert(stamped, first)).and(new Update(stamped, first, second)),
            "stamped");

    assertThat(result.counts().applied()).isEqualTo(2);
    assertThat(
            text(
                "SELECT CONCAT_WS(' ', id, name, twice, UNIX_TIMESTAMP(at), UNIX_TIMESTAMP(made))"
                    + " FROM app.stamped"))
        .isEqualTo("0 b 10 1767323045 1767323045");
  }

  private static Cell text(int value) {
    return new Cell.Text(Integer.toString(value));
  }

  private static DeltaColumn column(String name, ColumnKind kind, boolean generated) {
    return new DeltaColumn(name, kind, false, true, 0, 0, "", List.of(), generated);
  }

  @Test
  void refusesATableWhoseTriggersWouldDoEverythingTwice() throws SQLException {
    run(
        "CREATE TABLE app.audit (id INT AUTO_INCREMENT PRIMARY KEY, what VARCHAR(50))",
        "CREATE TRIGGER app.note AFTER INSERT ON app.things FOR EACH ROW"
            + " INSERT INTO app.audit (what) VALUES (NEW.name)");
    Changes changes = Changes.transaction(new Insert(History.THINGS, row(1, "a", 1)));

    ImportResult refused = imported(ImportLab.held(), changes, "things");

    assertThat(refused)
        .isInstanceOfSatisfying(
            ImportResult.TableNotReady.class,
            not -> assertThat(not.reasons()).singleElement().asString().contains("note", "drop"));
    assertThat(text("SELECT COUNT(*) FROM app.things")).isEqualTo("0");
    run("DROP TRIGGER app.note");
    assertThat(imported(ImportLab.held(), changes, "things").counts().applied()).isEqualTo(1);
    assertThat(text("SELECT COUNT(*) FROM app.audit")).isEqualTo("0");
  }

  @Test
  void refusesTablesThatAreNotAsTheyAreThere() throws SQLException {
    run("ALTER TABLE app.things DROP COLUMN amount, ADD COLUMN more INT");

    assertThat(
            imported(
                ImportLab.held(),
                Changes.transaction(new Insert(History.THINGS, row(1, "a", 1))),
                "things"))
        .isInstanceOfSatisfying(
            ImportResult.TableNotReady.class,
            not ->
                assertThat(not.reasons())
                    .anyMatch(reason -> reason.contains("missing: amount"))
                    .anyMatch(reason -> reason.contains("only here: more")));
    run("DROP TABLE app.things");
    assertThat(
            imported(
                ImportLab.held(),
                Changes.transaction(new Insert(History.THINGS, row(1, "a", 1))),
                "things"))
        .isInstanceOfSatisfying(
            ImportResult.TableNotReady.class,
            not -> assertThat(not.reasons()).anyMatch(reason -> reason.contains("not there")));
  }

  /** Rows are read from one table and written into another; the server itself compares them. */
  @Test
  void writesFindsAndDeletesEveryTypeExactly() throws SQLException {
    String columns = EveryTypeImport.COLUMNS;
    run(
        "CREATE TABLE app.there (" + columns + ") ENGINE=InnoDB CHARACTER SET utf8mb4",
        "CREATE TABLE app.here (" + columns + ") ENGINE=InnoDB CHARACTER SET utf8mb4");
    List<Row> rows;
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      for (String sql : Setup.session(node().kind())) {
        statement.execute(sql);
      }
      for (String values : EveryTypeImport.ROWS) {
        statement.execute("INSERT INTO app.there VALUES " + values);
      }
      rows = read(connection, EveryTypeImport.shape("there"));
    }
    DeltaTable here = EveryTypeImport.shape("here");
    Changes changes =
        Changes.transaction(rows.stream().map(row -> new Insert(here, row)).toArray(Insert[]::new));
    HeldChanges held = ImportLab.held();

    assertThat(imported(held, changes, "here").counts().applied()).isEqualTo(rows.size());
    assertThat(differences()).isEmpty();
    changes.and(
        rows.stream().map(row -> new Update(here, row, like(row, rows))).toArray(Update[]::new));
    assertThat(imported(held, changes, "here").counts().applied()).isEqualTo(2L * rows.size());
    changes.and(
        rows.stream().map(row -> new Update(here, like(row, rows), row)).toArray(Update[]::new));
    assertThat(imported(held, changes, "here").counts().applied()).isEqualTo(3L * rows.size());
    assertThat(differences()).isEmpty();
    changes.and(rows.stream().map(row -> new Delete(here, row)).toArray(Delete[]::new));
    assertThat(imported(held, changes, "here").counts())
        .isEqualTo(new ImportCounts(4L * rows.size(), 4L * rows.size(), 0, 0, 0));
    assertThat(text("SELECT COUNT(*) FROM app.here")).isEqualTo("0");
  }

  /** A change of any one column is a conflict. */
  @Test
  void seesTheSmallestDifferenceInEveryColumn() throws SQLException {
    run(
        "CREATE TABLE app.here (%s) ENGINE=InnoDB CHARACTER SET utf8mb4"
            .formatted(EveryTypeImport.COLUMNS));
    DeltaTable here = EveryTypeImport.shape("here");
    List<Row> rows;
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      for (String sql : Setup.session(node().kind())) {
        statement.execute(sql);
      }
      for (String values : EveryTypeImport.ROWS) {
        statement.execute("INSERT INTO app.here VALUES " + values);
      }
      rows = read(connection, here);
    }
    Row now = rows.get(0);
    Row other = rows.get(2);
    for (int column = 1; column < here.columns().size(); column++) {
      for (Cell cell : List.of(other.cell(column), Cell.NULL)) {
        Cell[] before = now.cells().toArray(Cell[]::new);
        before[column] = cell;
        run("DROP TABLE IF EXISTS repli_probe.delta_import");

        ImportResult result =
            imported(
                ImportLab.held(),
                Changes.transaction(new Update(here, Row.of(before), rows.get(1))),
                "here");

        assertThat(result.counts().held()).as(here.columns().get(column).name()).isEqualTo(1);
      }
    }
  }

  private String differences() throws SQLException {
    StringBuilder differing = new StringBuilder();
    for (DeltaColumn column : EveryTypeImport.shape("here").columns()) {
      String name = "`" + column.name() + "`";
      String same =
          text(
              "SELECT COUNT(*) FROM app.here h JOIN app.there t ON h.id = t.id WHERE h.%1$s <=> t.%1$s AND HEX(h.%1$s) <=> HEX(t.%1$s)"
                  .formatted(name));
      if (!same.equals("4")) {
        differing.append(name);
      }
    }
    return differing.toString();
  }

  /** The row with all values of the next one, but its key. */
  private static Row like(Row row, List<Row> rows) {
    Cell[] cells = rows.get((rows.indexOf(row) + 1) % rows.size()).cells().toArray(Cell[]::new);
    cells[0] = row.cell(0);
    return Row.of(cells);
  }

  private List<Row> read(Connection connection, DeltaTable shape) throws SQLException {
    TableSql sql = new ImportedTables(connection, node().kind()).find(shape).sql();
    List<Row> rows = new java.util.ArrayList<>();
    try (Statement statement = connection.createStatement();
        var result = statement.executeQuery(sql.readAll())) {
      while (result.next()) {
        rows.add(sql.row(result));
      }
    }
    return rows;
  }
}

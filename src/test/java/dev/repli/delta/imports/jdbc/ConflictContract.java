package dev.repli.delta.imports.jdbc;

import static dev.repli.delta.imports.History.THINGS;
import static dev.repli.delta.imports.History.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.approval.Approval;
import dev.repli.delta.Cell;
import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.Row;
import dev.repli.delta.conflict.Answer;
import dev.repli.delta.conflict.ApplyRule;
import dev.repli.delta.conflict.Conflict;
import dev.repli.delta.conflict.ConflictDesk;
import dev.repli.delta.conflict.ConflictRow;
import dev.repli.delta.conflict.ConflictRule;
import dev.repli.delta.conflict.Decision;
import dev.repli.delta.conflict.DecisionOutcome;
import dev.repli.delta.conflict.DeltaSums;
import dev.repli.delta.conflict.HeldGroups.State;
import dev.repli.delta.conflict.Proposal.Base;
import dev.repli.delta.conflict.Proposal.Edit;
import dev.repli.delta.conflict.Proposal.KeepAsDeadLetter;
import dev.repli.delta.conflict.Proposal.TakeSource;
import dev.repli.delta.conflict.Proposal.TakeTarget;
import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.plan.Node;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What deciding about held changes has to do on every server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConflictContract {
  private ConflictLab lab;

  final ConflictLab lab() {
    return lab;
  }

  @SuppressWarnings("NullAway.Init") // made before each test
  ConflictContract() {}

  abstract Node node();

  abstract Connection admin() throws SQLException;

  @BeforeEach
  void empty() throws SQLException {
    run(
        "DROP DATABASE IF EXISTS app",
        "CREATE DATABASE app",
        ImportLab.THINGS,
        "DROP TABLE IF EXISTS repli_probe.delta_import",
        "DROP TABLE IF EXISTS repli_probe.delta_decision");
    lab = new ConflictLab(node());
  }

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

  private void imported(Changes changes, String... tables) {
    ImportLab.run(ImportLab.request(node(), tables), lab.held, changes);
  }

  /** The source has changed row 1 by itself, the target twice. */
  final void oneConflict() throws SQLException {
    run("INSERT INTO app.things VALUES (1, 'source', 5), (2, 'same', 1)");
    imported(
        Changes.transaction(
                new Update(THINGS, row(1, "old", 1), row(1, "between", 2)),
                new Update(THINGS, row(2, "same", 1), row(2, "new", 1)))
            .and(new Update(THINGS, row(1, "between", 2), row(1, "target", 5))),
        "things");
  }

  @Test
  void showsTheRowOfTheSourceNowAndOfTheTargetBeforeAndAfter() throws SQLException {
    oneConflict();

    List<Conflict> open = lab.open();

    assertThat(open).hasSize(1);
    ConflictRow row = open.get(0).rows().get(0);
    assertThat(open.get(0).held().changes()).isEqualTo(2);
    assertThat(row.before()).contains(row(1, "old", 1));
    assertThat(row.after()).contains(row(1, "target", 5));
    assertThat(row.now()).contains(row(1, "source", 5));
    assertThat(row.differing(THINGS)).containsExactly(1, 2);
    assertThat(lab.desk.sums(lab.about)).isEqualTo(new DeltaSums(3, 1, 0, 0, 0, 0, 2));
  }

  @Test
  void takesTheTargetAndSaysWhoDecided() throws SQLException {
    oneConflict();

    DecisionOutcome outcome = lab.decide(1, new TakeTarget());

    assertThat(outcome)
        .isEqualTo(
            new DecisionOutcome.Done(
                new Decision(1, 3, Answer.TAKE_TARGET, "op1", "", ConflictLab.NOW), 1));
    assertThat(text("SELECT name FROM app.things WHERE id = 1")).isEqualTo("target");
    assertThat(lab.open()).isEmpty();
    assertThat(lab.desk.sums(lab.about)).isEqualTo(new DeltaSums(3, 1, 0, 0, 2, 0, 0));
    assertThat(lab.journal.read(ConflictLab.RUN))
        .extracting(entry -> ((Decided) entry.evidence()).answer())
        .containsExactly("take-target");
    assertThat(lab.journal.read(ConflictLab.RUN).toString()).doesNotContain("between", "source");
  }

  @Test
  void leavesTheSourceAsItIs() throws SQLException {
    oneConflict();

    assertThat(lab.decide(1, new TakeSource())).isInstanceOf(DecisionOutcome.Done.class);

    assertThat(text("SELECT name FROM app.things WHERE id = 1")).isEqualTo("source");
    assertThat(lab.desk.sums(lab.about).resolved()).isEqualTo(2);
  }

  @Test
  void writesWhatAPersonEditedIfItIsOfTheColumnsType() throws SQLException {
    oneConflict();
    Edit wrong =
        new Edit(
            Base.TARGET,
            Map.of(
                "amount", Optional.of("4294967296"),
                "id", Optional.of("7"),
                "colour", Optional.of("red")));

    DecisionOutcome refused = lab.decide(1, wrong);
    DecisionOutcome done =
        lab.decide(
            1,
            new Edit(
                Base.SOURCE,
                Map.of("name", Optional.of("it's \\ both"), "amount", Optional.empty())));

    assertThat(((DecisionOutcome.Invalid) refused).reasons())
        .satisfiesExactly(
            why -> assertThat(why).contains("amount", "2147483647"),
            why -> assertThat(why).contains("colour", "no column"),
            why -> assertThat(why).contains("id", "cannot be edited"));
    assertThat(done).isInstanceOf(DecisionOutcome.Done.class);
    assertThat(text("SELECT CONCAT(name, COALESCE(amount, ' NULL')) FROM app.things WHERE id = 1"))
        .isEqualTo("it's \\ both NULL");
  }

  @Test
  void overwritesNothingThatChangedSinceThePersonLooked() throws SQLException {
    oneConflict();
    String seen = lab.one(1).seen();
    run("UPDATE app.things SET amount = 6 WHERE id = 1");

    DecisionOutcome outcome =
        lab.desk.decide(lab.about, 1, new TakeTarget(), seen, "op1", "too late");

    assertThat(((DecisionOutcome.Changed) outcome).now().rows().get(0).now())
        .contains(row(1, "source", 6));
    assertThat(text("SELECT name FROM app.things WHERE id = 1")).isEqualTo("source");
    assertThat(lab.desk.sums(lab.about).open()).isEqualTo(2);
    assertThat(lab.journal.read(ConflictLab.RUN)).isEmpty();
  }

  @Test
  void decidesNothingThatGrewSinceThePersonLooked() throws SQLException {
    run("INSERT INTO app.things VALUES (1, 'source', 5)");
    Changes changes = Changes.transaction(new Update(THINGS, row(1, "old", 1), row(1, "t", 2)));
    imported(changes, "things");
    String seen = lab.one(1).seen();
    imported(changes.and(new Delete(THINGS, row(1, "t", 2))), "things");

    DecisionOutcome outcome = lab.desk.decide(lab.about, 1, new TakeTarget(), seen, "op1", "");
    DecisionOutcome again = lab.decide(1, new TakeTarget());

    assertThat(outcome).isInstanceOf(DecisionOutcome.Changed.class);
    assertThat(again).isInstanceOf(DecisionOutcome.Done.class);
    assertThat(text("SELECT COUNT(*) FROM app.things")).isEqualTo("0");
  }

  @Test
  void letsLaterChangesOfADecidedRowThrough() throws SQLException {
    run("INSERT INTO app.things VALUES (1, 'source', 5)");
    Changes changes = Changes.transaction(new Update(THINGS, row(1, "old", 1), row(1, "t", 2)));
    imported(changes, "things");
    lab.decide(1, new TakeTarget());

    imported(changes.and(new Update(THINGS, row(1, "t", 2), row(1, "later", 3))), "things");

    assertThat(text("SELECT name FROM app.things WHERE id = 1")).isEqualTo("later");
    assertThat(lab.desk.sums(lab.about)).isEqualTo(new DeltaSums(2, 1, 0, 0, 1, 0, 0));
  }

  /** Repli ends between the node's commit and its own: the node's word counts. */
  @Test
  void losesAndDoublesNoDecisionWhenRepliEndsAfterTheNodeHasIt() throws SQLException {
    oneConflict();
    ConflictDesk dying = lab.desk(new DyingGroups(lab.groups));
    String seen = lab.one(1).seen();

    assertThatThrownBy(() -> dying.decide(lab.about, 1, new TakeTarget(), seen, "op1", ""))
        .hasMessageContaining("killed");
    run("UPDATE app.things SET name = 'went on' WHERE id = 1");
    DecisionOutcome again = lab.desk.decide(lab.about, 1, new TakeTarget(), seen, "op2", "");

    assertThat(again)
        .isInstanceOfSatisfying(
            DecisionOutcome.AlreadyDecided.class,
            known -> assertThat(known.decision().who()).isEqualTo("op1"));
    assertThat(text("SELECT name FROM app.things WHERE id = 1")).isEqualTo("went on");
    assertThat(lab.desk.sums(lab.about).resolved()).isEqualTo(2);
  }

  @Test
  void takesDecisionsOverThatOnlyTheNodeKnows() throws SQLException {
    oneConflict();
    ConflictDesk dying = lab.desk(new DyingGroups(lab.groups));
    String seen = lab.one(1).seen();
    assertThatThrownBy(() -> dying.decide(lab.about, 1, new TakeSource(), seen, "op1", ""))
        .hasMessageContaining("killed");

    assertThat(lab.desk.sums(lab.about)).isEqualTo(new DeltaSums(3, 1, 0, 0, 2, 0, 0));
  }

  @Test
  void saysWhatTheNodeRefusesAndListsDeadLetters() throws SQLException {
    run(
        "ALTER TABLE app.things ADD UNIQUE (name)",
        "INSERT INTO app.things VALUES (9, 'taken', 1)");
    imported(Changes.transaction(new Insert(THINGS, row(1, "taken", 1))), "things");

    DecisionOutcome refused = lab.decide(1, new TakeTarget());
    DecisionOutcome kept = lab.decide(1, new KeepAsDeadLetter());

    assertThat(((DecisionOutcome.Refused) refused).error()).contains("1062");
    assertThat(kept).isInstanceOf(DecisionOutcome.Done.class);
    assertThat(lab.desk.sums(lab.about)).isEqualTo(new DeltaSums(1, 0, 0, 0, 0, 1, 0));
    assertThat(lab.desk.decided(lab.about, State.DEAD_LETTERED, Optional.empty(), 0, 10))
        .extracting(letter -> letter.table() + letter.decision().map(Decision::who))
        .containsExactly("app.thingsOptional[op1]");
  }

  @Test
  void decidesRowsTogetherThatAChangedKeyTiesToEachOther() throws SQLException {
    run("INSERT INTO app.things VALUES (1, 'source', 5), (3, 'other', 1)");
    imported(
        Changes.transaction(new Update(THINGS, row(1, "old", 1), row(2, "moved", 1)))
            .and(new Update(THINGS, row(2, "moved", 1), row(2, "moved", 2))),
        "things");

    assertThat(lab.one(1).rows()).hasSize(2);
    assertThat(lab.decide(1, new Edit(Base.TARGET, Map.of())))
        .isInstanceOf(DecisionOutcome.Invalid.class);
    assertThat(lab.decide(1, new TakeTarget()))
        .isInstanceOfSatisfying(
            DecisionOutcome.Done.class, done -> assertThat(done.rows()).isEqualTo(2));
    assertThat(text("SELECT GROUP_CONCAT(id, name, amount ORDER BY id) FROM app.things"))
        .isEqualTo("2moved2,3other1");
  }

  /** A change of one waits behind the other's, but neither is the other's. */
  @Test
  void losesNoRowWhoseKeyDiffersFromAnotherInCaseOnly() throws SQLException {
    keyedByName("utf8mb4_bin", "(1, 'a', 5), (2, 'A', 1)");
    imported(
        Changes.transaction(new Update(THINGS, row(1, "a", 1), row(1, "a", 2)))
            .and(new Update(THINGS, row(2, "A", 1), row(2, "A", 3))),
        "things");

    assertThat(lab.one(1).rows()).hasSize(2);
    assertThat(lab.decide(1, new TakeTarget()))
        .isInstanceOfSatisfying(
            DecisionOutcome.Done.class, done -> assertThat(done.rows()).isEqualTo(2));
    assertThat(text("SELECT GROUP_CONCAT(name, amount ORDER BY id) FROM app.things"))
        .isEqualTo("a2,A3");
  }

  @Test
  void takesAKeyThatIsSpelledAnewForOneRowWhereTheServerDoes() throws SQLException {
    keyedByName("utf8mb4_general_ci", "(1, 'a', 5)");
    imported(Changes.transaction(new Update(THINGS, row(1, "a", 1), row(1, "A", 2))), "things");

    assertThat(lab.one(1).rows()).hasSize(1);
    assertThat(lab.decide(1, new TakeTarget())).isInstanceOf(DecisionOutcome.Done.class);
    assertThat(text("SELECT GROUP_CONCAT(name, amount) FROM app.things")).isEqualTo("A2");
  }

  private void keyedByName(String collation, String rows) throws SQLException {
    run(
        "DROP TABLE app.things",
        ("CREATE TABLE app.things (id INT, name VARCHAR(50) COLLATE %s PRIMARY KEY, amount INT)"
                + " ENGINE=InnoDB CHARACTER SET utf8mb4")
            .formatted(collation),
        "INSERT INTO app.things VALUES " + rows);
  }

  @Test
  void insertsOneByOneWhereThereIsNoKey() throws SQLException {
    run("ALTER TABLE app.things DROP PRIMARY KEY");
    DeltaTable things = new DeltaTable("app", "things", THINGS.columns(), List.of());
    imported(
        Changes.transaction(new Update(things, row(1, "gone", 1), row(1, "there", 1))), "things");

    assertThat(lab.desk.preview(lab.about, 1, new TakeTarget()).orElseThrow().statements())
        .singleElement()
        .satisfies(sql -> assertThat(sql).startsWith("INSERT INTO `app`.`things`"));
    assertThat(lab.decide(1, new TakeTarget())).isInstanceOf(DecisionOutcome.Done.class);
    assertThat(text("SELECT name FROM app.things")).isEqualTo("there");
  }

  /** What was shown before, run by hand, does exactly what the decision does. */
  @Test
  void showsTheStatementsThatItWouldRunForEveryType() throws SQLException {
    run(
        "CREATE TABLE app.here (%s) ENGINE=InnoDB CHARACTER SET utf8mb4"
            .formatted(EveryTypeImport.COLUMNS));
    DeltaTable here = EveryTypeImport.shape("here");
    List<Row> rows = fill(here);
    Row source = like(rows.get(0), rows.get(2));
    imported(
        Changes.transaction(
                new Update(here, like(rows.get(0), rows.get(3)), like(rows.get(0), rows.get(1))))
            .and(new Update(here, like(rows.get(1), rows.get(3)), like(rows.get(1), rows.get(0)))),
        "here");
    assertThat(lab.open()).hasSize(2);
    assertThat(source.cell(0)).isEqualTo(rows.get(0).cell(0));

    ConflictDesk.Preview first = lab.desk.preview(lab.about, 1, new TakeTarget()).orElseThrow();
    byHand(first.statements());

    assertThat(first.statements()).hasSize(1);
    assertThat(lab.one(1).rows().get(0).now()).contains(like(rows.get(0), rows.get(1)));
    assertThat(lab.decide(2, new TakeTarget())).isInstanceOf(DecisionOutcome.Done.class);
    assertThat(lab.desk.preview(lab.about, 1, new TakeTarget()).orElseThrow().statements())
        .isEmpty();
  }

  private List<Row> fill(DeltaTable here) throws SQLException {
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      for (String sql : Setup.session(node().kind())) {
        statement.execute(sql);
      }
      for (String values : EveryTypeImport.ROWS) {
        statement.execute("INSERT INTO app.here VALUES " + values);
      }
      TableSql sql = new ImportedTables(connection, node().kind()).find(here).sql();
      List<Row> rows = new java.util.ArrayList<>();
      try (var result = statement.executeQuery(sql.readAll())) {
        while (result.next()) {
          rows.add(sql.row(result));
        }
      }
      return rows;
    }
  }

  private void byHand(List<String> statements) throws SQLException {
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      for (String sql : Setup.session(node().kind())) {
        statement.execute(sql);
      }
      for (String sql : statements) {
        assertThat(statement.executeUpdate(sql)).as(sql).isEqualTo(1);
      }
    }
  }

  /** The other row's values with this one's key. */
  private static Row like(Row row, Row other) {
    Cell[] cells = other.cells().toArray(Cell[]::new);
    cells[0] = row.cell(0);
    return Row.of(cells);
  }

  @Test
  void letsTheNewestWinOnceAnotherPersonApprovedAndLeavesTheRestToPeople() throws SQLException {
    run("INSERT INTO app.things VALUES (1, 'source', 5), (2, 'source', 1), (3, 'source', 7)");
    imported(
        Changes.transaction(
            new Update(THINGS, row(1, "old", 1), row(1, "target", 9)),
            new Update(THINGS, row(2, "old", 1), row(2, "target", 0)),
            new Update(THINGS, row(3, "old", 1), row(3, "target", 7)),
            new Delete(THINGS, row(4, "old", 1))),
        "things");
    ConflictRule rule = rule(ConflictRule.Kind.NEWEST_WINS, "app.things", "amount");

    assertThatThrownBy(() -> lab.rules.next(lab.about, rule, 0))
        .hasMessageContaining("no approval");
    approve(rule);
    ApplyRule.Batch batch = lab.rules.next(lab.about, rule, 0);

    assertThat(batch).isEqualTo(new ApplyRule.Batch(3, 2, 1, false));
    assertThat(text("SELECT GROUP_CONCAT(name ORDER BY id) FROM app.things"))
        .isEqualTo("target,source,source");
    assertThat(lab.desk.sums(lab.about)).isEqualTo(new DeltaSums(4, 0, 1, 0, 2, 0, 1));
    assertThat(lab.journal.read(ConflictLab.RUN))
        .extracting(entry -> ((Milestone) entry.evidence()).text())
        .containsExactly(
            "the newest by amount wins in app.things: 2 conflicts decided, 1 left to people");
  }

  @Test
  void keepsTheRestAsDeadLettersByRule() throws SQLException {
    oneConflict();
    ConflictRule rule = rule(ConflictRule.Kind.DEAD_LETTER, "", "");
    approve(rule);

    assertThat(lab.rules.next(lab.about, rule, 0).decided()).isEqualTo(1);
    assertThat(lab.rules.next(lab.about, rule, 0).decided()).isZero();
    assertThat(lab.desk.sums(lab.about)).isEqualTo(new DeltaSums(3, 1, 0, 0, 0, 2, 0));
  }

  private static ConflictRule rule(ConflictRule.Kind kind, String table, String column) {
    return new ConflictRule(
        "task-1", ConflictLab.RUN, kind, table, column, "op1", "agreed", ConflictLab.NOW);
  }

  private void approve(ConflictRule rule) {
    lab.approvals.give(
        new Approval(
            ConflictLab.RUN,
            ApplyRule.QUESTION,
            "task-2",
            rule.id(),
            "lead1",
            ConflictLab.NOW,
            Approval.Answer.APPROVE,
            "",
            "f"));
  }

  @Test
  void takesOnlyTheSourceWhereTheTableCannotBeWritten() throws SQLException {
    oneConflict();
    run("ALTER TABLE app.things ADD COLUMN more INT");

    Conflict conflict = lab.one(1);

    assertThat(conflict.obstacles())
        .singleElement()
        .satisfies(why -> assertThat(why).contains("more"));
    assertThat(lab.decide(1, new TakeTarget())).isInstanceOf(DecisionOutcome.Invalid.class);
    assertThat(lab.decide(1, new TakeSource())).isInstanceOf(DecisionOutcome.Done.class);
    assertThat(lab.decideUnseen(1)).isInstanceOf(DecisionOutcome.AlreadyDecided.class);
    assertThat(lab.decideUnseen(77)).isInstanceOf(DecisionOutcome.Unknown.class);
  }
}

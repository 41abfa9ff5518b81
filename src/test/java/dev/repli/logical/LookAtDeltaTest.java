package dev.repli.logical;

import static dev.repli.logical.DeltaSamples.PLAN;
import static dev.repli.logical.DeltaSamples.RUN;
import static dev.repli.logical.DeltaSamples.place;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.DeltaFileException;
import dev.repli.delta.DeltaFiles;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.Place;
import dev.repli.delta.TimedRows;
import dev.repli.delta.conflict.Admission;
import dev.repli.delta.conflict.CaseBook;
import dev.repli.delta.conflict.ConflictCases;
import dev.repli.delta.conflict.ConflictDesk;
import dev.repli.delta.conflict.ConflictNode;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.delta.file.LocalDeltaFiles;
import dev.repli.delta.imports.FakeImportTarget;
import dev.repli.delta.imports.History;
import dev.repli.delta.policy.ChoosePolicies;
import dev.repli.delta.policy.TableFacts;
import dev.repli.delta.policy.TablePolicy;
import dev.repli.journal.InMemoryJournal;
import dev.repli.longwork.InMemoryWorkRecords;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.rollback.Looks;
import dev.repli.rollback.NoLooks;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import dev.repli.runbook.PlanVersions;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are shown before they choose what happens to a delta. */
class LookAtDeltaTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final Place BEGIN = place("0-1-5");
  private static final Statement DDL =
      new Statement(
          Statement.Kind.DDL,
          "app",
          "ALTER TABLE t ADD c INT",
          place("0-2-9"),
          place("0-2-10"),
          Instant.EPOCH);
  private final InMemoryJournal journal = new InMemoryJournal(CLOCK);
  private final CarriedJournal carried = new CarriedJournal(journal, CLOCK);
  private final InMemoryWorkRecords works = new InMemoryWorkRecords();
  private final FakeImportTarget server = new FakeImportTarget(Map.of(), 1);
  @TempDir private Path mine;
  @TempDir private Path others;

  /** Nobody needs it for a look at files. */
  private static <T> T unasked(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              throw new AssertionError(method + " is asked");
            }));
  }

  private LookAtDelta lookIn(Path root) {
    DeltaFiles files = new LocalDeltaFiles();
    CutoverMark mark = new CutoverMark(FixedRuns::new, journal);
    Looks looks = NoLooks.make();
    DeltaRounds rounds =
        new DeltaRounds(
            looks,
            unasked(DeltaSource.class),
            files,
            carried,
            mark,
            new FoundByTime(unasked(TimedRows.class), mark, files, carried),
            new EarlierImports(mark, carried),
            InMemoryDeltaPace.unasked(),
            root);
    TablePolicies policies =
        new TablePolicies(
            looks, mark, imports(), new ChoosePolicies(LookAtDeltaTest::decide), journal);
    return new LookAtDelta(
        rounds, imports(), policies, carried, new FilesElsewhere(carried, works));
  }

  private Imports imports() {
    return new Imports(
        server,
        new ConflictDesk(
            unasked(HeldGroups.class),
            unasked(ConflictNode.class),
            Admission.NOT_NEEDED,
            journal,
            CLOCK),
        new CaseBook(new NoCases(), new PlanVersions()),
        journal);
  }

  /** As the decision table does of what an import cannot write. */
  private static TablePolicy decide(TableFacts facts, Optional<Policy> planned) {
    return facts.importable()
        ? new TablePolicy.Decided(facts.table(), Policy.RECONCILE, "both have written")
        : new TablePolicy.Ask(facts.table(), "it cannot be imported into");
  }

  /** Nothing is imported yet. */
  private static final class NoCases implements ConflictCases {
    @Override
    public void open(Known known) {
      throw new AssertionError("a look opens nothing");
    }

    @Override
    public Optional<Known> of(RunKey run) {
      return Optional.empty();
    }
  }

  private void extractAt(Path root) {
    long unused = works.begin(RUN, "carryDeltaWork", "repli-a", Instant.EPOCH);
    Path file = new DeltaFolder(root, PLAN, RUN).next();
    try (DeltaFiles.Writer writer =
        new LocalDeltaFiles().write(file, DeltaSamples.first(BEGIN, true))) {
      writer.append(DDL);
      writer.finish();
    }
    carried.stopped(RUN, DDL, file);
  }

  @Test
  void showsTheStatementInTheWayWhereTheFilesAre() {
    extractAt(mine);

    DeltaLook.Seen seen = lookIn(mine).look(RUN, PLAN);

    assertThat(seen.text()).contains("A statement is in the way: ", "ALTER TABLE t ADD c INT");
    assertThat(seen.passable()).isFalse();
  }

  private void extractRows() {
    Path file = new DeltaFolder(mine, PLAN, RUN).next();
    try (DeltaFiles.Writer writer =
        new LocalDeltaFiles().write(file, DeltaSamples.first(BEGIN, true))) {
      writer.append(new Begin("0-2-6", BEGIN, Instant.EPOCH));
      writer.append(new Insert(History.THINGS, History.row(1, "a", 1)));
      for (String table : List.of("log", "odd", "odd")) {
        writer.append(new Insert(History.table(table), History.row(1, "a", 1)));
      }
      writer.append(new End(place("0-2-6")));
      writer.append(new Finished(place("0-2-6")));
      writer.finish();
    }
    carried.extracted(RUN, BEGIN, place("0-2-6"), file, 4);
  }

  @Test
  void asksPeopleAboutEachTableAndImportsAsTheyAnswer() {
    server.refusedTables.addAll(List.of("app.log", "app.odd"));
    extractRows();

    DeltaLook.Seen seen = lookIn(mine).look(RUN, PLAN);

    assertThat(seen.asked().facts())
        .containsExactly(Map.entry("app.log", words(1)), Map.entry("app.odd", words(2)));
    DeltaAnswers answers = new DeltaAnswers(journal);
    assertThat(answers.asked(RUN)).isEqualTo(seen.asked());
    String lines = "app.log = abandon\napp.odd = export-import";
    assertThat(answers.refusal(RUN, DeltaChoice.IMPORT, "app.things = abandon\n" + lines))
        .hasValueSatisfying(why -> assertThat(why).contains("app.things is decided by the plan"));
    answers.chosen(RUN, DeltaChoice.IMPORT, lines).keep(journal, RUN, seen.asked());
    ChosenDelta chosen = ChosenDelta.of(journal, RUN).orElseThrow();
    assertThat(imports().of(RUN, PLAN, chosen, Imports.ROUNDS).policies())
        .containsEntry("app.log", Policy.ABANDON)
        .containsEntry("app.odd", Policy.EXPORT_IMPORT)
        .containsEntry("app.things", Policy.RECONCILE);

    server.refusedTables.clear();
    assertThat(lookIn(mine).look(RUN, PLAN).asked()).isEqualTo(AskedTables.NONE);
    assertThat(answers.asked(RUN)).as("mended meanwhile").isEqualTo(AskedTables.NONE);
  }

  private static String words(int inserted) {
    return inserted
        + " inserted, 0 updated, 0 deleted: it cannot be imported into: it has triggers";
  }

  @Test
  void failsWhereTheFilesAreNotInsteadOfShowingThatNothingCame() {
    extractAt(others);

    assertThatThrownBy(() -> lookIn(mine).look(RUN, PLAN))
        .isInstanceOf(DeltaFileException.class)
        .hasMessageContaining("not on the machine of the Repli that looked at them")
        .hasMessageContaining("repli-a")
        .hasMessageContaining(others.toString());
  }
}

package dev.repli.delta.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.NodeException;
import dev.repli.delta.Row;
import dev.repli.plan.DeltaRules.Policy;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Why an import ends before its changes do. */
class ImportEndsTest {
  private static final ImportId ID = SampleRequest.ID;
  private static final int KEYS = 12;

  /** Small numbers, so that every border is met. */
  private static final ImportLimits SMALL =
      new ImportLimits(3, 7, 1000, Duration.ZERO, 1000, Duration.ZERO);

  @Test
  void stopsBeforeATableThatNobodyHasDecidedAboutAndGoesOnAfterwards() {
    History history = History.random(3, Map.of(), KEYS, 20, 5);
    FakeImportTarget target = new FakeImportTarget(Map.of(), 1);
    ImportDelta importing = new ImportDelta(target, new HeldInMemory(), pause -> {});

    ImportResult stopped =
        importing.run(SampleRequest.of(ID, Map.of(), SMALL), history, ImportObserver.NOBODY);

    assertThat(stopped).isInstanceOf(ImportResult.TableNotReady.class);
    assertThat(target.rows).isEmpty();
    assertThat(
            importing
                .run(
                    SampleRequest.of(ID, Map.of("app.things", Policy.RECONCILE), SMALL),
                    history,
                    ImportObserver.NOBODY)
                .counts()
                .applied())
        .isEqualTo(history.changes());
  }

  @Test
  void refusesATableThatIsNotReadyAndNamesTheReason() {
    History history = History.random(3, Map.of(), KEYS, 20, 5);
    FakeImportTarget target = new FakeImportTarget(Map.of(), 1);
    target.refusedTables.add("app.things");

    assertThat(SampleRequest.run(target, new HeldInMemory(), history, SMALL, Policy.EXPORT_IMPORT))
        .isInstanceOfSatisfying(
            ImportResult.TableNotReady.class,
            not -> assertThat(not.reasons()).containsExactly("it has triggers"));
  }

  @Test
  void endsWhenTooManyRowsAreHeldAndLeavesTheNodeAtItsLastCommit() {
    History history = History.random(5, Map.of(), KEYS, 40, 3);
    Map<Integer, Row> source = new TreeMap<>();
    for (int key = 0; key < KEYS; key++) {
      source.put(key, History.row(key, "foreign", 99));
    }
    FakeImportTarget target = new FakeImportTarget(source, 1);
    HeldInMemory held = new HeldInMemory();
    ImportLimits few = new ImportLimits(3, 7, 4, Duration.ZERO, 3, Duration.ZERO);

    ImportResult result = SampleRequest.run(target, held, history, few, Policy.EXPORT_IMPORT);

    assertThat(result)
        .isInstanceOfSatisfying(
            ImportResult.TooManyHeld.class,
            many -> {
              assertThat(many.limit()).isEqualTo(4);
              assertThat(many.seen().held())
                  .as("with those that are undone")
                  .isGreaterThan(many.limit())
                  .isGreaterThan(result.counts().held());
            });
    assertThat(held.count(ID)).isEqualTo(result.counts().held());
    assertThat(target.rows).isEqualTo(source);
  }

  @Test
  void endsAtACommitWhenSomebodyAsksAndGoesOnLater() {
    History history = History.random(6, Map.of(), KEYS, 30, 4);
    FakeImportTarget target = new FakeImportTarget(Map.of(), 1);
    HeldInMemory held = new HeldInMemory();
    ImportDelta importing = new ImportDelta(target, held, pause -> {});
    ImportRequest request = SampleRequest.of(ID, Map.of("app.things", Policy.EXPORT_IMPORT), SMALL);

    ImportResult cancelled = importing.run(request, history, counts -> false);

    assertThat(cancelled).isInstanceOf(ImportResult.Cancelled.class);
    // one with rows and one with the id of the last transaction in it
    assertThat(target.commits).isEqualTo(2);
    assertThat(importing.run(request, history, ImportObserver.NOBODY).counts().extracted())
        .isEqualTo(history.changes());
    assertThat(target.rows).isEqualTo(history.rows);
  }

  @Test
  void handsTheFailureOnWhenTheNodeDoesNotComeBack() {
    History history = History.random(7, Map.of(), KEYS, 30, 4);
    FakeImportTarget target = new FakeImportTarget(Map.of(), 1);
    target.failing = 1;
    ImportLimits three = new ImportLimits(3, 7, 9, Duration.ZERO, 3, Duration.ZERO);

    assertThatThrownBy(
            () ->
                SampleRequest.run(target, new HeldInMemory(), history, three, Policy.EXPORT_IMPORT))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("connection lost");
    assertThat(target.sessions).isEqualTo(3);
  }
}

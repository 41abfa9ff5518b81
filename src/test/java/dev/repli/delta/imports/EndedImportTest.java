package dev.repli.delta.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.UnreadableDeltaException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Another import begins where the node's own position says. When that is the first of several
 * transactions in one commit, it does the others again, as conflicts that are none.
 */
class EndedImportTest {
  private static final ImportId ID = new ImportId("import-1");
  private static final ImportLimits LIMITS =
      new ImportLimits(4, 1000, 1000, Duration.ZERO, 3, Duration.ZERO);
  private final History history = History.random(6, Map.of(), 12, 10, 2);
  private final FakeImportTarget target = new FakeImportTarget(Map.of(), 1);

  @Test
  void standsWhereItsRowsAreWhenItIsCancelled() {
    assertThat(run(history, counts -> false)).isInstanceOf(ImportResult.Cancelled.class);

    standsAt(4);
  }

  @Test
  void standsWhereItsRowsAreWhenATableIsNotReady() {
    List<DeltaEvent> events = firstTransactions(6);
    events.add(new Begin("0-2-1007", History.place(6), Instant.EPOCH));
    events.add(new Insert(History.table("others"), History.row(1, "x", 1)));

    assertThat(run(feed(events), ImportObserver.NOBODY))
        .isInstanceOf(ImportResult.TableNotReady.class);

    standsAt(4);
  }

  @Test
  void standsInFrontOfAStatement() {
    List<DeltaEvent> events = firstTransactions(6);
    events.add(
        new Statement(
            Statement.Kind.DDL,
            "app",
            "ALTER TABLE t ADD c INT",
            History.place(6),
            History.place(7),
            Instant.EPOCH));

    assertThat(run(feed(events), ImportObserver.NOBODY))
        .isInstanceOf(ImportResult.StoppedAtStatement.class);

    standsAt(6);
  }

  @Test
  void standsWhereItsRowsAreWhenTheChangesCannotBeReadOn() {
    List<DeltaEvent> events = firstTransactions(6);

    assertThatThrownBy(() -> run(feed(events), ImportObserver.NOBODY))
        .isInstanceOf(UnreadableDeltaException.class);

    standsAt(4);
  }

  private void standsAt(int transactions) {
    assertThat(Optional.ofNullable(target.checkpoints.get(ID)).flatMap(Checkpoint::place))
        .contains(History.place(transactions));
    assertThat(target.lastId).contains(History.place(transactions).position().value());
  }

  private List<DeltaEvent> firstTransactions(int count) {
    List<DeltaEvent> events = new ArrayList<>();
    int ended = 0;
    for (DeltaEvent event : history.events(0)) {
      if (ended < count) {
        events.add(event);
      }
      ended += event instanceof DeltaEvent.End ? 1 : 0;
    }
    return events;
  }

  private static ChangeFeed feed(List<DeltaEvent> events) {
    Iterator<DeltaEvent> all = events.iterator();
    return place ->
        new DeltaStream() {
          @Override
          public DeltaEvent next(Duration atMost) {
            if (!all.hasNext()) {
              throw new UnreadableDeltaException("an event of an unknown kind");
            }
            return all.next();
          }

          @Override
          public void close() {}
        };
  }

  private ImportResult run(ChangeFeed feed, ImportObserver observer) {
    return new ImportDelta(target, new HeldInMemory(), pause -> {})
        .run(SampleRequest.of(ID, LIMITS), feed, observer);
  }
}

package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.NamedNode;
import dev.repli.delta.Row;
import dev.repli.delta.imports.ChangeFeed;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.FakeImportTarget;
import dev.repli.delta.imports.HeldInMemory;
import dev.repli.delta.imports.History;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportLimits;
import dev.repli.delta.imports.ImportRequest;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveCarriageTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final ImportId ID = new ImportId("import-1");
  private final History history = History.random(3, Map.of(), 12, 10, 4);

  private LiveCarriage carry(FakeImportTarget into, ChangeFeed feed, int done) {
    Checkpoint known = new Checkpoint(Optional.of(History.place(done)), ImportCounts.NONE, false);
    into.checkpoints.put(ID, known);
    return LiveCarriage.start(
        new ImportDelta(into, new HeldInMemory(), pause -> {}),
        request(),
        feed,
        known,
        evidence -> {});
  }

  private static Position mark(int transactions) {
    return History.place(transactions).position();
  }

  @Test
  void hasEverythingWhenTheMarkIsCommitted() {
    try (LiveCarriage carriage = carry(new FakeImportTarget(Map.of(), 1), history, 0)) {
      assertThat(carriage.waitFor(mark(10), LONG)).isInstanceOf(CatchUp.Reached.class);
    }
  }

  @Test
  void needsTheOldWriterNoMoreForWhatIsCommitted() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    ChangeFeed dead = dead(asked);
    try (LiveCarriage carriage = carry(new FakeImportTarget(Map.of(), 1), dead, 10)) {
      asked.await();

      assertThat(carriage.waitFor(mark(11), LONG)).isInstanceOf(CatchUp.NotReached.class);
      assertThat(carriage.waitFor(mark(10), LONG)).isInstanceOf(CatchUp.Reached.class);
    }
  }

  @Test
  void isNeverThereWhileAChangeIsHeld() {
    Map<Integer, Row> edited = new TreeMap<>();
    for (int id = 0; id < 12; id++) {
      edited.put(id, History.row(id, "of the source's own", 7));
    }
    try (LiveCarriage carriage = carry(new FakeImportTarget(edited, 1), history, 0)) {
      CatchUp answer = carriage.waitFor(mark(10), LONG);

      assertThat(answer).isInstanceOf(CatchUp.NotReached.class);
      assertThat(answer.toString()).contains("held for people");
    }
  }

  /** The switch may be undone by then, and the target takes writes again. */
  @Test
  void commitsNothingMoreOnceItIsClosed() throws InterruptedException {
    CountDownLatch closing = new CountDownLatch(1);
    CountDownLatch atTheEnd = new CountDownLatch(1);
    FakeImportTarget into = new FakeImportTarget(Map.of(), 1);
    LiveCarriage carriage =
        LiveCarriage.start(
            new ImportDelta(into, new HeldInMemory(), pause -> {}),
            request(1),
            place -> slow(history.after(place), atTheEnd, closing),
            new Checkpoint(Optional.empty(), ImportCounts.NONE, false),
            evidence -> closing.countDown());
    assertThat(atTheEnd.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

    carriage.close();

    CatchUp answer = carriage.waitFor(mark(10), LONG);
    assertThat(answer.toString()).contains("the import was ended");
    assertThat(into.commits).isZero();
    assertThat(into.rows).isEmpty();
  }

  /** The end of the first transaction comes when it is closed. */
  private static DeltaStream slow(
      DeltaStream all, CountDownLatch atTheEnd, CountDownLatch closing) {
    return new DeltaStream() {
      @Override
      public DeltaEvent next(Duration atMost) {
        DeltaEvent event = all.next(atMost);
        if (event instanceof DeltaEvent.End) {
          atTheEnd.countDown();
          assertThat(await(closing)).isTrue();
        }
        return event;
      }

      @Override
      public void close() {
        all.close();
      }
    };
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static ChangeFeed dead(CountDownLatch asked) {
    return place -> {
      asked.countDown();
      throw new NodeException(
          NamedNode.of(Node.Role.SOURCE),
          "reading the binary log",
          "connection refused",
          NodeException.Action.CORRECT_INPUT);
    };
  }

  private static ImportRequest request() {
    return request(3);
  }

  private static ImportRequest request(int transactions) {
    return new ImportRequest(
        ID,
        NamedNode.of(Node.Role.SOURCE),
        NamedNode.account(),
        Map.of("app.things", Policy.EXPORT_IMPORT),
        new ImportLimits(transactions, 7, 1000, Duration.ZERO, 3, Duration.ZERO));
  }
}

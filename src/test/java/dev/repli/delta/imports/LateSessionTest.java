package dev.repli.delta.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.DeltaStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A session that wakes up when another has gone on with its import. */
class LateSessionTest {
  private static final ImportId ID = new ImportId("stream-1");
  private static final ImportLimits LIMITS =
      new ImportLimits(9, 1000, 1000, Duration.ZERO, 3, Duration.ZERO);
  private final HeldInMemory held = new HeldInMemory();
  private final FakeImportTarget target =
      new FakeImportTarget(Map.of(1, History.row(1, "by hand", 0)), 1);

  @Test
  void neitherWritesNorLeavesHeldChangesBehind() {
    assertThatThrownBy(() -> run(this::anotherTakesOver))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("another session");

    assertThat(target.rows).containsEntry(1, History.row(1, "b", 0));
    assertThat(target.checkpoints.values())
        .extracting(Checkpoint::counts)
        .containsExactly(new ImportCounts(1, 1, 0, 0, 0));
    assertThat(held.changes).isEmpty();
  }

  /** In the meantime the row is mended, so that what the late one saw is not true any more. */
  private void anotherTakesOver() {
    target.rows.put(1, History.row(1, "a", 0));
    var unused = run(() -> {});
  }

  /**
   * @param behindTheRows what happens before the session commits
   */
  private ImportResult run(Runnable behindTheRows) {
    List<DeltaEvent> events =
        List.of(
            new Begin("0-2-1001", History.place(0), Instant.EPOCH),
            new Update(History.THINGS, History.row(1, "a", 0), History.row(1, "b", 0)),
            new End(History.place(1)),
            new Finished(History.place(1)));
    return new ImportDelta(target, held, pause -> {})
        .run(
            SampleRequest.of(ID, LIMITS),
            place -> stream(events, behindTheRows),
            ImportObserver.NOBODY);
  }

  private static DeltaStream stream(List<DeltaEvent> events, Runnable behindTheRows) {
    return new DeltaStream() {
      private int next;

      @Override
      public DeltaEvent next(Duration atMost) {
        DeltaEvent event = events.get(next++);
        if (event instanceof Finished) {
          behindTheRows.run();
        }
        return event;
      }

      @Override
      public void close() {}
    };
  }
}

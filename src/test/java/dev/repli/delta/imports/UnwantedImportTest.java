package dev.repli.delta.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** An import that nobody wants any more, within a transaction that takes long. */
class UnwantedImportTest {
  private static final ImportId ID = new ImportId("import-1");
  private static final int SMALL = 2;
  private static final int LARGE = 5000;
  private static final ImportLimits LIMITS =
      new ImportLimits(2, 1000, 1000, Duration.ZERO, 3, Duration.ZERO);
  private final FakeImportTarget target = new FakeImportTarget(Map.of(), 1);
  private int read;
  private boolean isReadWhole;

  @Test
  void endsInTheMiddleOfATransactionAndStandsAtItsLastCommit() {
    ImportResult result = run(() -> read <= SMALL + 2500, () -> {});

    assertThat(result)
        .isEqualTo(new ImportResult.Cancelled(new ImportCounts(SMALL, SMALL, 0, 0, 0)));
    assertThat(read).as("the rest is not even read").isLessThan(SMALL + LARGE / 2 + 10);
    assertThat(target.rows).hasSize(SMALL);
    assertThat(target.lastId).as("where its rows are").contains("0-2-1002");
    assertThat(run(() -> true, () -> {}).counts().applied()).isEqualTo(SMALL + LARGE);
  }

  /** The last rows may have waited long for a lock. */
  @Test
  void isUndoneAlsoWhenAllOfItIsWritten() {
    ImportResult result = run(() -> !isReadWhole, () -> {});

    assertThat(result)
        .isEqualTo(new ImportResult.Cancelled(new ImportCounts(SMALL, SMALL, 0, 0, 0)));
    assertThat(target.rows).hasSize(SMALL);
  }

  @Test
  void commitsNothingOnceItMayNot() {
    assertThatThrownBy(
            () ->
                run(
                    () -> true,
                    () -> {
                      if (read > SMALL) {
                        throw new CancellationException();
                      }
                    }))
        .isInstanceOf(CancellationException.class);

    assertThat(read).isGreaterThanOrEqualTo(SMALL + LARGE);
    assertThat(target.rows).hasSize(SMALL);
    assertThat(target.checkpoints.values())
        .extracting(Checkpoint::place)
        .containsExactly(Optional.of(History.place(2)));
  }

  /** Nor the id that makes the node's own position that of its rows. */
  @Test
  void keepsNoIdEitherOnceItMayNot() {
    assertThatThrownBy(
            () ->
                run(
                    () -> read <= SMALL + 2500,
                    () -> {
                      if (read > SMALL) {
                        throw new CancellationException();
                      }
                    }))
        .isInstanceOf(CancellationException.class);

    assertThat(target.commits).isEqualTo(1);
    assertThat(target.lastId).contains("0-2-1001");
  }

  private ImportResult run(BooleanSupplier wanted, Runnable committing) {
    read = 0;
    isReadWhole = false;
    ImportObserver observer =
        new ImportObserver() {
          @Override
          public boolean committed(ImportCounts counts) {
            return true;
          }

          @Override
          public boolean wanted() {
            return wanted.getAsBoolean();
          }

          @Override
          public void committing() {
            committing.run();
          }
        };
    return new ImportDelta(target, new HeldInMemory(), pause -> {})
        .run(SampleRequest.of(ID, LIMITS), this::after, observer);
  }

  /** Two transactions that are committed together, and the long one. */
  private DeltaStream after(Optional<Place> place) {
    List<DeltaEvent> events = new ArrayList<>();
    int done = place.map(at -> (int) at.offset() - 4).orElse(0);
    for (int transaction = done; transaction < 3; transaction++) {
      events.add(
          new Begin("0-2-" + (1001 + transaction), History.place(transaction), Instant.EPOCH));
      int first = transaction < 2 ? transaction : SMALL;
      int end = transaction < 2 ? transaction + 1 : SMALL + LARGE;
      for (int key = first; key < end; key++) {
        events.add(new Insert(History.THINGS, History.row(key, "new", key)));
      }
      events.add(new End(History.place(transaction + 1)));
    }
    events.add(new Finished(History.place(3)));
    Iterator<DeltaEvent> left = events.iterator();
    return new DeltaStream() {
      @Override
      public DeltaEvent next(Duration atMost) {
        DeltaEvent event = left.next();
        read += event instanceof Insert ? 1 : 0;
        isReadWhole = event instanceof End && read >= LARGE;
        return event;
      }

      @Override
      public void close() {}
    };
  }
}

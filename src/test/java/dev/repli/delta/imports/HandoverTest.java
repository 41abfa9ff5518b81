package dev.repli.delta.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.NodeException;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One Repli goes on with an import while another, which should have ended it, still commits. */
class HandoverTest {
  private static final ImportId ID = new ImportId("import-1");
  private static final ImportLimits LIMITS =
      new ImportLimits(1, 1000, 1000, Duration.ZERO, 3, Duration.ZERO);
  private final HeldInMemory held = new HeldInMemory();
  private final FakeImportTarget target =
      new FakeImportTarget(
          Map.of(1, History.row(1, "by hand", 0), 2, History.row(2, "by hand", 0)), 1);

  @Test
  void losesNothingThatIsHeldWhileItReadsWhereToBegin() {
    meet(1, ImportObserver.NOBODY);

    everythingIsHeld(2);
  }

  @Test
  void losesNothingThatIsHeldWhileItReadsWhereToGoOn() {
    var unused = run(held, 1, ImportObserver.NOBODY);

    meet(1, ImportObserver.NOBODY);

    everythingIsHeld(2);
  }

  @Test
  void losesNothingThatIsHeldWhileItEnds() {
    meet(2, counts -> false);

    everythingIsHeld(2);
  }

  /**
   * @param time before so many-th look at what is to be forgotten the other does all that it can
   */
  private void meet(int time, ImportObserver observer) {
    try {
      var unused = run(new Meanwhile(held, time, this::another), 2, observer);
    } catch (ImportException theOtherGoesOn) {
      assertThat(theOtherGoesOn).hasMessageContaining("another session");
    }
  }

  private void everythingIsHeld(int transactions) {
    ImportResult result = run(held, transactions, ImportObserver.NOBODY);

    assertThat(result.counts()).isEqualTo(new ImportCounts(transactions, 0, 0, 0, transactions));
    assertThat(held.changes).hasSize(transactions);
  }

  /** It waits for as long as its limits say where it must not go on. */
  private void another() {
    try {
      var unused = run(held, 2, ImportObserver.NOBODY);
    } catch (NodeException waited) {
      assertThat(waited).hasMessageContaining("lock wait timeout");
    }
  }

  /** The row is mended by hand meanwhile, so that the other need not hold its change. */
  @Test
  void leavesNothingHeldThatAnotherAppliedWhileReplisOwnDatabaseWasSlow() {
    Runnable meanwhile =
        () -> {
          target.restart();
          target.rows.put(1, History.row(1, "a", 0));
          another();
        };

    ImportResult result = run(new SlowHold(held, meanwhile), 2, ImportObserver.NOBODY);

    assertThat(result.counts()).isEqualTo(new ImportCounts(2, 1, 0, 0, 1));
    assertThat(held.changes).containsOnlyKeys(2L);
  }

  @Test
  void triesAgainWhatOthersKeptItFromHolding() {
    ImportResult result = run(new BusyHold(held, 2), 2, ImportObserver.NOBODY);

    assertThat(result.counts()).isEqualTo(new ImportCounts(2, 0, 0, 0, 2));
    everythingIsHeld(2);
  }

  @Test
  void saysSoWhenOthersKeepItFromHoldingForLong() {
    assertThatThrownBy(() -> run(new BusyHold(held, 3), 2, ImportObserver.NOBODY))
        .isInstanceOf(HeldBusyException.class);
    assertThat(target.checkpoints).isEmpty();
    everythingIsHeld(2);
  }

  @Test
  void saysWhatIsTooManyWhenRepliHasMoreThanTheNodeCounts() {
    var unused = run(held, 2, ImportObserver.NOBODY);
    Checkpoint reached = Objects.requireNonNull(target.checkpoints.get(ID));
    target.checkpoints.put(
        ID, new Checkpoint(reached.place(), new ImportCounts(2, 2, 0, 0, 0), reached.keepsGtids()));

    assertThatThrownBy(() -> run(held, 2, ImportObserver.NOBODY))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("Nothing is missing: 2 too many")
        .hasMessageContaining("of number 1, 2.")
        .hasMessageContaining("repli_held_change")
        .hasMessageNotContaining("restore");
    assertThat(held.changes).hasSize(2);
  }

  @Test
  void saysSoBeforeItGoesOnWhenRepliHasLostWhatWasHeld() {
    var unused = run(held, 1, ImportObserver.NOBODY);
    held.changes.clear();

    assertThatThrownBy(() -> run(held, 2, ImportObserver.NOBODY))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("the node counts 1 held changes")
        .hasMessageContaining("Repli's own database has 0 of them");
    assertThat(target.checkpoints.get(ID))
        .extracting(Checkpoint::place)
        .isEqualTo(Optional.of(History.place(1)));
  }

  /** Each transaction changes another row, which is not as it was. */
  private ImportResult run(HeldChanges store, int transactions, ImportObserver observer) {
    return new ImportDelta(target, store, pause -> {})
        .run(SampleRequest.of(ID, LIMITS), place -> after(place, transactions), observer);
  }

  private static DeltaStream after(Optional<Place> place, int transactions) {
    List<DeltaEvent> events = new ArrayList<>();
    for (int i = place.map(at -> (int) at.offset() - 4).orElse(0); i < transactions; i++) {
      events.add(new Begin("0-2-" + (1001 + i), History.place(i), Instant.EPOCH));
      events.add(
          new Update(History.THINGS, History.row(i + 1, "a", 0), History.row(i + 1, "b", 0)));
      events.add(new End(History.place(i + 1)));
    }
    events.add(new Finished(History.place(transactions)));
    Iterator<DeltaEvent> left = events.iterator();
    return new DeltaStream() {
      @Override
      public DeltaEvent next(Duration atMost) {
        return left.next();
      }

      @Override
      public void close() {}
    };
  }
}

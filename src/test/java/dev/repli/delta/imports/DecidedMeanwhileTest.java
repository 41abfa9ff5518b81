package dev.repli.delta.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.DeltaStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An import without an end goes on while people decide about what it holds. */
class DecidedMeanwhileTest {
  private static final ImportId ID = new ImportId("stream-1");
  private static final ImportLimits LIMITS =
      new ImportLimits(1, 1000, 1000, Duration.ZERO, 3, Duration.ZERO);
  private final HeldInMemory held = new HeldInMemory();
  private final FakeImportTarget target =
      new FakeImportTarget(Map.of(1, History.row(1, "by hand", 0)), 1);
  private final List<ImportCounts> resumed = new ArrayList<>();
  private int from;

  /** Each transaction changes the row from one name to the next. */
  private ImportResult run(int heldWhenDecided, String... names) {
    List<DeltaEvent> events = new ArrayList<>();
    for (int i = 1; i < names.length; i++) {
      int number = from + i;
      events.add(new Begin("0-2-" + (1000 + number), History.place(number - 1), Instant.EPOCH));
      events.add(
          new Update(History.THINGS, History.row(1, names[i - 1], 0), History.row(1, names[i], 0)));
      events.add(new End(History.place(number)));
    }
    from += names.length - 1;
    events.add(new Finished(History.place(from)));
    return new ImportDelta(target, held, pause -> {})
        .run(SampleRequest.of(ID, LIMITS), place -> stream(events), new People(heldWhenDecided));
  }

  private static DeltaStream stream(List<DeltaEvent> events) {
    return new DeltaStream() {
      private int next;

      @Override
      public DeltaEvent next(Duration atMost) {
        return events.get(next++);
      }

      @Override
      public void close() {}
    };
  }

  /** They take the target's row as soon as so many changes are held. */
  private final class People implements ImportObserver {
    private final int wanted;
    private boolean asked;

    People(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public boolean committed(ImportCounts counts) {
      return true;
    }

    @Override
    public void resumed(ImportCounts counts) {
      resumed.add(counts);
    }

    @Override
    public boolean decided() {
      if (asked || held.changes.size() != wanted) {
        return false;
      }
      asked = true;
      held.letGo(1);
      Update last = (Update) held.changes.lastEntry().getValue().change();
      target.rows.put(1, last.after());
      return true;
    }
  }

  @Test
  void aRowThatPeopleDecidedAboutFlowsAgain() {
    ImportResult result = run(2, "a", "b", "c", "d", "e");

    assertThat(result.counts()).isEqualTo(new ImportCounts(4, 2, 0, 0, 2));
    assertThat(target.rows).containsEntry(1, History.row(1, "e", 0));
  }

  @Test
  void aRowThatNobodyDecidedAboutWaits() {
    ImportResult result = run(99, "a", "b", "c", "d", "e");

    assertThat(result.counts()).isEqualTo(new ImportCounts(4, 0, 0, 0, 4));
    assertThat(target.rows).containsEntry(1, History.row(1, "by hand", 0));
  }

  @Test
  void saysWhatIsDoneAlreadyWhenItGoesOn() {
    var unused = run(99, "a", "b", "c");
    assertThat(resumed).isEmpty();

    var more = run(99, "c", "d");

    assertThat(resumed).containsExactly(new ImportCounts(2, 0, 0, 0, 2));
    assertThat(more.counts().held()).isEqualTo(3);
  }
}

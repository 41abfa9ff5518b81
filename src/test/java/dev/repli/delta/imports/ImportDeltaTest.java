package dev.repli.delta.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Passed;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import dev.repli.delta.Row;
import dev.repli.plan.DeltaRules.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImportDeltaTest {
  private static final ImportId ID = SampleRequest.ID;
  private static final int KEYS = 12;

  /** Small numbers, so that every border is met. */
  private static final ImportLimits SMALL =
      new ImportLimits(3, 7, 1000, Duration.ZERO, 1000, Duration.ZERO);

  @Test
  void comesToWhatOneChangeAfterTheOtherComesTo() {
    for (long seed = 0; seed < 400; seed++) {
      check(seed, 0, true);
    }
  }

  @Test
  void losesAndDoublesNothingHoweverOftenItIsInterrupted() {
    for (long seed = 0; seed < 400; seed++) {
      check(seed, 4, true);
    }
  }

  @Test
  void bringsAnUntouchedSourceToTheTargetsRowsAndHoldsNothing() {
    for (long seed = 0; seed < 100; seed++) {
      ImportResult result = check(seed, 5, false);
      assertThat(result.counts().held()).isZero();
      assertThat(result.counts().alreadyThere()).isZero();
    }
  }

  private static ImportResult check(long seed, int failing, boolean conflicts) {
    Map<Integer, Row> before = rows(seed);
    History history = History.random(seed, before, KEYS, 25, 6);
    Map<Integer, Row> source = conflicts ? edited(seed, before, history) : before;
    PlainImport expected = new PlainImport(source, history);
    FakeImportTarget target = new FakeImportTarget(source, seed);
    target.failing = failing;
    HeldInMemory held = new HeldInMemory();

    ImportResult result = SampleRequest.run(target, held, history, SMALL, Policy.EXPORT_IMPORT);

    assertThat(result).as("seed %s", seed).isInstanceOf(ImportResult.Complete.class);
    assertThat(target.rows).as("rows of seed %s", seed).isEqualTo(expected.rows);
    assertThat(result.counts())
        .as("counts of seed %s", seed)
        .isEqualTo(
            new ImportCounts(
                history.changes(), expected.applied, expected.alreadyThere, 0, expected.held));
    assertThat(held.changes).as("held of seed %s", seed).hasSize((int) expected.held);
    assertThat(Set.copyOf(held.rows(ID).values()))
        .as("groups of seed %s", seed)
        .hasSize(expected.heldTogether.size());
    if (!conflicts) {
      assertThat(target.rows).as("rows of seed %s", seed).isEqualTo(history.rows);
    }
    return result;
  }

  private static Map<Integer, Row> rows(long seed) {
    Random random = new Random(seed * 31);
    Map<Integer, Row> rows = new TreeMap<>();
    for (int key = 0; key < KEYS; key++) {
      if (random.nextBoolean()) {
        rows.put(key, History.row(key, "old", key));
      }
    }
    return rows;
  }

  /** The source went on by itself: rows gone, new, other, or already as the target has them. */
  private static Map<Integer, Row> edited(long seed, Map<Integer, Row> before, History history) {
    Random random = new Random(seed * 17);
    Map<Integer, Row> rows = new TreeMap<>(before);
    for (int i = random.nextInt(4); i > 0; i--) {
      int key = random.nextInt(KEYS);
      Row final_ = history.rows.get(key);
      switch (random.nextInt(3)) {
        case 0 -> rows.remove(key);
        case 1 -> rows.put(key, History.row(key, "edited on the source", 1));
        default -> rows.put(key, final_ == null ? History.row(key, "value 1", 1) : final_);
      }
    }
    return rows;
  }

  @Test
  void doesNothingWhenItIsAskedForAgain() {
    History history = History.random(1, Map.of(), KEYS, 20, 5);
    FakeImportTarget target = new FakeImportTarget(Map.of(), 1);
    HeldInMemory held = new HeldInMemory();
    ImportResult first = SampleRequest.run(target, held, history, SMALL, Policy.EXPORT_IMPORT);
    target.rows.clear();

    ImportResult second = SampleRequest.run(target, held, history, SMALL, Policy.EXPORT_IMPORT);

    assertThat(second).isEqualTo(first);
    assertThat(target.rows).isEmpty();
  }

  /** Nobody knows what they were before: they may only come, never overwrite. */
  @Test
  void bringsRowsThatWereFoundOnlyWhereNoneIsThereAndHoldsThoseThatDiffer() {
    Row there = History.row(1, "as it was", 1);
    Row other = History.row(2, "as it was", 2);
    FakeImportTarget target = new FakeImportTarget(new TreeMap<>(Map.of(1, there, 2, other)), 1);
    HeldInMemory held = new HeldInMemory();
    Place end = new Place(new Position(Position.Kind.MARIADB_GTID, "0-2-7"), "", 0);
    Place before = new Place(new Position(Position.Kind.MARIADB_GTID, ""), "", 0);
    Deque<DeltaEvent> events =
        new ArrayDeque<>(
            List.of(
                new DeltaEvent.Begin("", before, Instant.EPOCH),
                new DeltaEvent.Found(History.THINGS, there),
                new DeltaEvent.Found(History.THINGS, History.row(2, "changed", 3)),
                new DeltaEvent.Found(History.THINGS, History.row(3, "new", 4)),
                new DeltaEvent.End(end),
                new DeltaEvent.Finished(end)));

    ImportResult result =
        SampleRequest.run(target, held, place -> stream(events), SMALL, Policy.EXPORT_IMPORT);

    assertThat(result.counts()).isEqualTo(new ImportCounts(3, 1, 1, 0, 1));
    assertThat(target.rows).isEqualTo(Map.of(1, there, 2, other, 3, History.row(3, "new", 4)));
    assertThat(held.changes).hasSize(1);
    assertThat(Optional.ofNullable(target.checkpoints.get(ID)).flatMap(Checkpoint::place))
        .contains(end);
  }

  private static DeltaStream stream(Deque<DeltaEvent> events) {
    return new DeltaStream() {
      @Override
      public DeltaEvent next(Duration atMost) {
        return events.remove();
      }

      @Override
      public void close() {
        // nothing is open
      }
    };
  }

  @Test
  void leavesAbandonedTablesAloneAndCountsThem() {
    History history = History.random(2, Map.of(), KEYS, 20, 5);
    FakeImportTarget target = new FakeImportTarget(Map.of(), 1);

    ImportResult result =
        SampleRequest.run(target, new HeldInMemory(), history, SMALL, Policy.ABANDON);

    assertThat(result.counts())
        .isEqualTo(new ImportCounts(history.changes(), 0, 0, history.changes(), 0));
    assertThat(target.rows).isEmpty();
  }

  @Test
  void keepsWhatTheNodeRefusesWithTheErrorAndEverythingBehindIt() {
    History history = History.random(4, Map.of(), KEYS, 40, 3);
    FakeImportTarget target = new FakeImportTarget(Map.of(), 1);
    target.refusedKeys.add(5);
    HeldInMemory held = new HeldInMemory();

    ImportResult result = SampleRequest.run(target, held, history, SMALL, Policy.EXPORT_IMPORT);

    HeldChange first = held.changes.firstEntry().getValue();
    assertThat(first.kind()).isEqualTo(HeldChange.Kind.DEAD_LETTER);
    assertThat(first.error()).isEqualTo("a parent row is missing");
    assertThat(held.changes.values().stream().skip(1))
        .isNotEmpty()
        .allSatisfy(change -> assertThat(change.kind()).isNotEqualTo(HeldChange.Kind.CONFLICT));
    assertThat(target.rows).doesNotContainKey(5);
    assertThat(result.counts().held()).isEqualTo(held.changes.size());
  }

  @Test
  void takesTwoSpellingsThatACollationTakesAsOneForOneRow() {
    TargetTable table = new TargetTable(History.THINGS, java.util.List.of(1), true);

    assertThat(
            Set.of("Été", "ete", "ETE  ", "été").stream()
                .map(name -> table.rowOf(History.row(1, name, 1)))
                .collect(Collectors.toSet()))
        .hasSize(1);
    assertThat(
            new HashSet<>(
                table.rowsOf(
                    new dev.repli.delta.DeltaEvent.Update(
                        History.THINGS, History.row(1, "a", 1), History.row(1, "b", 1)))))
        .hasSize(2);
  }

  /** A log that is read for months is gone behind an import that has nothing to commit. */
  @Test
  void keepsThePlaceThoughOnlyOthersWrite() {
    History history = History.random(1, Map.of(), KEYS, 1, 1);
    FakeImportTarget target = new FakeImportTarget(Map.of(), 1);
    Deque<DeltaEvent> events = new ArrayDeque<>(history.events(0));
    events.removeLast();
    IntStream.rangeClosed(2, 2500).forEach(n -> events.add(new Passed(History.place(n))));

    assertThatThrownBy(
            () ->
                SampleRequest.run(
                    target, new HeldInMemory(), after(events), SMALL, Policy.EXPORT_IMPORT))
        .isInstanceOf(NoSuchElementException.class);

    assertThat(Optional.ofNullable(target.checkpoints.get(ID)).flatMap(Checkpoint::place))
        .contains(History.place(2001));
  }

  private static ChangeFeed after(Deque<DeltaEvent> events) {
    return place ->
        new DeltaStream() {
          @Override
          public DeltaEvent next(Duration atMost) {
            return events.remove();
          }

          @Override
          public void close() {}
        };
  }
}

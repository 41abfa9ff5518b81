package dev.repli.delta.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Passed;
import dev.repli.delta.DeltaRange;
import dev.repli.delta.DeltaServer;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.FakeImportTarget;
import dev.repli.delta.imports.HeldInMemory;
import dev.repli.delta.imports.History;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportLimits;
import dev.repli.delta.imports.ImportRequest;
import dev.repli.delta.imports.ImportResult;
import dev.repli.plan.Account;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.SecretRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowStreamTest {
  private static final int KEYS = 12;
  private static final ImportId ID = new ImportId("stream-1");
  private static final ImportLimits SMALL =
      new ImportLimits(3, 7, 1000, Duration.ZERO, 1000, Duration.ZERO);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
  private static final DeltaRange FROM =
      new DeltaRange(History.place(0).position(), Optional.empty(), Set.of());

  @Test
  void carriesEverythingAndNeverSaysThatItIsFurtherThanWhatIsCommitted() {
    for (long seed = 0; seed < 200; seed++) {
      History history = History.random(seed, Map.of(), KEYS, 25, 6);
      FakeImportTarget target = new FakeImportTarget(Map.of(), seed);
      target.failing = seed % 2 == 0 ? 0 : 4;
      Endless origin = new Endless(history, target);
      RowStream stream = stream(target, origin);
      origin.stopAt(stream, history.transactions.size());

      ImportResult result = stream.run(request(), node(), FROM);

      assertThat(result).as("seed %s", seed).isInstanceOf(ImportResult.Complete.class);
      assertThat(target.rows).as("rows of seed %s", seed).isEqualTo(history.rows);
      assertThat(stream.state().covers(History.place(history.transactions.size()).position()))
          .isTrue();
      assertThat(stream.state().waitingSince()).isEmpty();
      assertThat(stream.state().counts()).isEqualTo(result.counts());
    }
  }

  @Test
  void goesOnWhereAnotherOneWasStopped() {
    for (long seed = 0; seed < 50; seed++) {
      History history = History.random(seed, Map.of(), KEYS, 25, 6);
      FakeImportTarget target = new FakeImportTarget(Map.of(), seed);
      for (int until : new int[] {1, 9, 10, 25}) {
        Endless origin = new Endless(history, target);
        RowStream stream = stream(target, origin);
        origin.stopAt(stream, until);

        stream.run(request(), node(), FROM);

        assertThat(Optional.ofNullable(target.checkpoints.get(ID)).flatMap(Checkpoint::place))
            .contains(History.place(until));
        assertThat(stream.state().covers(History.place(until).position())).isTrue();
      }
      assertThat(target.rows).as("rows of seed %s", seed).isEqualTo(history.rows);
    }
  }

  @Test
  void keepsThePlaceThoughOnlyOthersWrite() {
    History history = History.random(1, Map.of(), KEYS, 1, 1);
    FakeImportTarget target = new FakeImportTarget(Map.of(), 1);
    Endless origin = new Endless(history, target);
    RowStream stream = stream(target, origin);
    origin.othersWrite = 2500;
    origin.stopAt(stream, 2501);

    stream.run(request(), node(), FROM);

    assertThat(target.commits).isEqualTo(4);
  }

  @Test
  void refusesAnEnd() {
    FakeImportTarget target = new FakeImportTarget(Map.of(), 1);
    RowStream stream = stream(target, new Endless(History.random(1, Map.of(), 1, 1, 1), target));
    DeltaRange ends =
        new DeltaRange(FROM.from(), Optional.of(History.place(1).position()), Set.of());

    assertThatThrownBy(() -> stream.run(request(), node(), ends))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a stream has no end, but was given 0-2-1001");
  }

  private static RowStream stream(FakeImportTarget target, DeltaSource origin) {
    return new RowStream(new ImportDelta(target, new HeldInMemory(), pause -> {}), origin, CLOCK);
  }

  private static ImportRequest request() {
    return new ImportRequest(
        ID, node(), node().account(), Map.of("app.things", Policy.EXPORT_IMPORT), SMALL);
  }

  private static Node node() {
    Account account = new Account("importer", new SecretRef("env:X"));
    return new Node(
        Node.Role.SOURCE,
        Node.Kind.MARIADB,
        new Endpoint("db", 3306),
        account,
        account,
        Node.Tls.DISABLED,
        Optional.empty());
  }

  /** A server whose history goes on for ever with nothing, and which looks at what is claimed. */
  private static final class Endless implements DeltaSource {
    private final History history;
    private final FakeImportTarget target;
    private Runnable stop = () -> {};
    private Optional<RowStream> stream = Optional.empty();
    private int until;
    private int othersWrite;

    Endless(History history, FakeImportTarget target) {
      this.history = history;
      this.target = target;
    }

    /**
     * Stops the stream when it has been given so many transactions, or committed where it fails.
     */
    void stopAt(RowStream wanted, int transactions) {
      stream = Optional.of(wanted);
      until = transactions;
      stop = wanted::stop;
    }

    @Override
    public DeltaStream open(Node node, DeltaRange range) {
      int done = number(range.from());
      Deque<DeltaEvent> events = new ArrayDeque<>();
      if (done < history.transactions.size()) {
        history.events(done).stream()
            .filter(event -> !(event instanceof Finished))
            .forEach(events::add);
      }
      int[] at = {Math.max(done, history.transactions.size())};
      return new DeltaStream() {
        @Override
        public DeltaEvent next(Duration atMost) {
          notFurtherThanCommitted();
          DeltaEvent event = events.poll();
          if (event instanceof DeltaEvent.End end) {
            stopWhenThere(end.after());
          }
          if (event != null) {
            return event;
          }
          if (at[0] < history.transactions.size() + othersWrite) {
            at[0]++;
          }
          Place place = History.place(at[0]);
          stopWhenThere(place);
          return new Passed(place);
        }

        @Override
        public void close() {}
      };
    }

    private void stopWhenThere(Place place) {
      boolean there =
          target.failing == 0
              ? number(place.position()) >= until
              : stream.orElseThrow().state().covers(History.place(until).position());
      if (there) {
        stop.run();
      }
    }

    private void notFurtherThanCommitted() {
      Optional<Place> claimed = stream.flatMap(any -> any.state().reached());
      int committed =
          Optional.ofNullable(target.checkpoints.get(ID))
              .flatMap(Checkpoint::place)
              .map(place -> number(place.position()))
              .orElse(0);
      claimed
          .map(place -> Math.min(number(place.position()), history.transactions.size()))
          .ifPresent(number -> assertThat(number).isLessThanOrEqualTo(committed));
    }

    private static int number(Position position) {
      return Integer.parseInt(position.value().substring(4)) - 1000;
    }

    @Override
    public DeltaServer server(Node node) {
      throw new UnsupportedOperationException("server");
    }
  }
}

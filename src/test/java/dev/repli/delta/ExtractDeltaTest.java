package dev.repli.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.Position;
import dev.repli.delta.file.LocalDeltaFiles;
import dev.repli.plan.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractDeltaTest {
  private static final Place START =
      new Place(new Position(Position.Kind.MARIADB_GTID, "0-2-7"), "bin.000001", 4);
  private static final DeltaOrigin ORIGIN =
      new DeltaOrigin("delta-1", "shop", "target", 2, "", "11.8.6", START, Set.of(), true);

  @TempDir Path folder;

  /** A server that is quiet gives one event in each second. */
  @Test
  void endsSoonWhenItIsCalledOffThoughNothingComes() {
    AtomicLong seconds = new AtomicLong();
    ExtractDelta extract =
        new ExtractDelta(
            new Quiet(seconds),
            new LocalDeltaFiles(),
            () -> Duration.ofSeconds(seconds.get()).toNanos());

    ExtractDelta.Result result =
        extract.extract(
            NamedNode.of(Node.Role.TARGET),
            ORIGIN,
            new Position(Position.Kind.MARIADB_GTID, "0-2-9"),
            folder.resolve("delta"),
            (reached, counts) -> false);

    assertThat(result).isInstanceOf(ExtractDelta.Result.Interrupted.class);
    assertThat(seconds.get()).isLessThanOrEqualTo(10);
  }

  private record Quiet(AtomicLong seconds) implements DeltaSource {
    @Override
    public DeltaStream open(Node node, DeltaRange range) {
      return new DeltaStream() {
        @Override
        public DeltaEvent next(Duration atMost) {
          seconds.incrementAndGet();
          return new DeltaEvent.Passed(START);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void requireLog(Node node, Position from) {}

    @Override
    public DeltaServer server(Node node) {
      return new DeltaServer(2, "", "11.8.6");
    }
  }
}

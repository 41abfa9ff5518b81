package dev.repli.reversibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.Position;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.stream.KnownStream;
import dev.repli.delta.stream.StreamOrder;
import dev.repli.delta.stream.StreamReport;
import dev.repli.monitor.PairState;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.run.KnownPlans;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchedStateTest {
  private static final PairState RUNS =
      new PairState.Replicating(Node.Role.SOURCE, Duration.ofMillis(3));

  private final Plan plan = new KnownPlans("shop").all().get(0);
  private PairState replication = RUNS;
  private int writers = 1;
  private StreamReport.State stream = StreamReport.State.RUNNING;
  private final WatchedState state =
      new WatchedState(
          any -> Optional.of(replication),
          any -> Optional.of(writers),
          any -> Optional.of(known(stream)));

  private KnownStream known(StreamReport.State at) {
    Position from = new Position(Position.Kind.MARIADB_GTID, "0-2-9");
    return new KnownStream(
        new StreamOrder(plan.id(), new ImportId("stream-shop-1"), from),
        true,
        "repli-1",
        Instant.EPOCH,
        new StreamReport(at, Optional.empty(), Instant.EPOCH, ImportCounts.NONE, ""));
  }

  @Test
  void staysTheSameWhileOnlyTheLagIsAnother() {
    String before = state.of(plan);
    replication = new PairState.Replicating(Node.Role.SOURCE, Duration.ofMinutes(1));

    assertThat(state.of(plan)).isEqualTo(before);
  }

  @Test
  void isAnotherForEachThingOnWhichWaysBackHang() {
    String before = state.of(plan);
    replication = new PairState.Replicating(Node.Role.TARGET, Duration.ZERO);
    assertThat(state.of(plan)).as("the other way round").isNotEqualTo(before);
    replication = new PairState.Replicating(Node.Role.SOURCE, Duration.ZERO, true);
    assertThat(state.of(plan)).as("by Repli's own stream").isNotEqualTo(before);
    replication = new PairState.Failing(PairState.Kind.STOPPED, "1062");
    assertThat(state.of(plan)).as("a thread stands").isNotEqualTo(before);
    replication = new PairState.NotSetUp();
    assertThat(state.of(plan)).as("not set up").isNotEqualTo(before);
    replication = RUNS;
    writers = 0;
    assertThat(state.of(plan)).as("no writer").isNotEqualTo(before);
    writers = 1;
    stream = StreamReport.State.BLOCKED;
    assertThat(state.of(plan)).as("the stream stands").isNotEqualTo(before);
    stream = StreamReport.State.RUNNING;
    assertThat(state.of(plan)).isEqualTo(before);
  }
}

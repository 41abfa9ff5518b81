package dev.repli.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.Position;
import dev.repli.database.VirtualTime;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.stream.KnownStream;
import dev.repli.delta.stream.StreamOrder;
import dev.repli.delta.stream.StreamReport;
import dev.repli.delta.stream.StreamReport.State;
import dev.repli.incident.Incidents;
import dev.repli.incident.Measurements;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RoutePlans;
import dev.repli.run.InMemoryRuns;
import dev.repli.run.Runs.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where no server replicates, the watch is about Repli's own stream. */
class OwnStreamMonitorTest {
  private final VirtualTime time = new VirtualTime();
  private final FakeDatabase nodes = new FakeDatabase(time);
  private final Plan plan =
      RoutePlans.plan(
          nodes.source().node().address(),
          nodes.target().node().address(),
          new RouteSpec.Lab("lab", Optional.empty()));
  private final OnePlan plans = new OnePlan(plan);
  private final InMemoryJournal journal = new InMemoryJournal(time);
  private final InMemoryRuns runs = new InMemoryRuns(plans, journal);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Optional<KnownStream> stream = Optional.empty();
  private boolean late;
  private final ReplicationMonitor monitor =
      new ReplicationMonitor(
          plans,
          new Databases(List.of(nodes)),
          any -> stream,
          new Incidents(plans, runs, journal, Measurements.NONE, time),
          meters,
          time,
          Duration.ofMinutes(1),
          Runnable::run);

  @BeforeEach
  void noServerReplicates() {
    nodes.writerIs(Node.Role.TARGET);
    for (var node : List.of(nodes.source(), nodes.target())) {
      try (var session = nodes.connect(node.node(), Duration.ofSeconds(10), ActLog.NONE)) {
        session.resetReplication();
      }
    }
  }

  private Position position() {
    try (var session = nodes.connect(nodes.target().node(), Duration.ofSeconds(10), ActLog.NONE)) {
      return session.position();
    }
  }

  /** Looks each 5 s at a stream whose lease is kept. */
  private void watch(Duration howLong, boolean wanted, State state, String why) {
    Position begin = position();
    for (long look = 0; look < howLong.dividedBy(Duration.ofSeconds(5)); look++) {
      time.advance(Duration.ofSeconds(5));
      nodes.target().writeRegardless("app", "1");
      Position reached = late ? begin : position();
      is(wanted, time.instant().plusSeconds(10), state, reached, why);
      monitor.tick();
    }
  }

  private void is(boolean wanted, Instant until, State state, Position reached, String why) {
    Instant now = time.instant();
    stream =
        Optional.of(
            new KnownStream(
                new StreamOrder(plan.id(), new ImportId("stream-1"), reached),
                wanted,
                "repli-1",
                until,
                new StreamReport(state, Optional.of(reached), now, ImportCounts.NONE, why)));
  }

  private Run only() {
    assertThat(runs.newest(10)).hasSize(1);
    return runs.newest(10).get(0);
  }

  private String said(String milestone) {
    return journal.newestMilestone(only().key(), milestone).orElseThrow().evidence().toString();
  }

  @Test
  void measuresAStreamThatRuns() {
    watch(Duration.ofMinutes(5), true, State.RUNNING, "");

    assertThat(runs.newest(10)).isEmpty();
    assertThat(monitor.state(plan.id()))
        .contains(new PairState.Replicating(Node.Role.SOURCE, Duration.ZERO, true));
    assertThat(meters.get("repli.replication.running").gauge().value()).isOne();
    assertThat(meters.get("repli.replication.lag").gauge().value()).isZero();
  }

  @Test
  void reportsOnceThatAStreamFailsAndThatItRunsAgain() {
    watch(Duration.ofMinutes(1), true, State.RUNNING, "");
    watch(Duration.ofMinutes(10), true, State.FAILED, "super_read_only is ON");

    assertThat(said("RUN_REQUESTED"))
        .contains("own stream to the source fails: super_read_only is ON", "severity=high");
    watch(Duration.ofMinutes(1), true, State.RUNNING, "");
    assertThat(said("INCIDENT_RESOLVED")).contains("runs again");
  }

  @Test
  void reportsAStreamThatStands() {
    watch(Duration.ofMinutes(1), true, State.BLOCKED, "app.orders: it has triggers");

    assertThat(said("RUN_REQUESTED")).contains("stands: app.orders: it has triggers");
  }

  @Test
  void reportsAStreamThatNobodyRuns() {
    is(true, time.instant().plusSeconds(10), State.RUNNING, position(), "");
    for (int look = 0; look < 6; look++) {
      time.advance(Duration.ofSeconds(5));
      monitor.tick();
    }

    assertThat(said("RUN_REQUESTED")).contains("no Repli runs the stream");
  }

  @Test
  void reportsAStreamThatIsFarBehind() {
    watch(Duration.ofMinutes(1), true, State.RUNNING, "");
    late = true;

    watch(Duration.ofSeconds(55), true, State.RUNNING, "");
    assertThat(runs.newest(10)).isEmpty();
    watch(Duration.ofMinutes(2), true, State.RUNNING, "");

    assertThat(said("RUN_REQUESTED")).contains("the source is", "behind");
  }

  @Test
  void saysNothingWhenPeopleOrARunStopIt() {
    watch(Duration.ofMinutes(1), true, State.RUNNING, "");

    watch(Duration.ofMinutes(5), false, State.STOPPED, "");

    assertThat(runs.newest(10)).isEmpty();
    assertThat(monitor.state(plan.id())).contains(new PairState.NotSetUp());
  }
}

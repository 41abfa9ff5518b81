package dev.repli.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.ActLog;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.incident.Incidents;
import dev.repli.incident.Measurements;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RoutePlans;
import dev.repli.run.InMemoryRuns;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hours of watching two fake nodes, in no time. */
class ReplicationMonitorTest {
  private static final Executor HERE = Runnable::run;

  private final VirtualTime time = new VirtualTime();
  private final FakeDatabase nodes = new FakeDatabase(time);
  private final Plan plan = plan();
  private final Plans plans = new OnePlan(plan);
  private final InMemoryJournal journal = new InMemoryJournal(time);
  private final InMemoryRuns runs = new InMemoryRuns(plans, journal);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private ReplicationMonitor monitor = monitor();

  private Plan plan() {
    Node source = nodes.source().node();
    Node target = nodes.target().node();
    return RoutePlans.plan(
        source.address(), target.address(), new RouteSpec.Lab("lab", Optional.empty()));
  }

  private ReplicationMonitor monitor() {
    return new ReplicationMonitor(
        plans,
        new Databases(List.of(nodes)),
        any -> Optional.empty(),
        new Incidents(plans, runs, journal, Measurements.NONE, time),
        meters,
        time,
        Duration.ofMinutes(1),
        HERE);
  }

  private void watch(Duration howLong) {
    Duration every = Duration.ofSeconds(5);
    for (long look = 0; look < howLong.dividedBy(every); look++) {
      time.advance(every);
      monitor.tick();
    }
  }

  private List<Run> started() {
    return runs.newest(10);
  }

  private Run only() {
    assertThat(started()).hasSize(1);
    return started().get(0);
  }

  private double gauge(String name) {
    Gauge gauge = meters.get(name).tag("plan", plan.id().value()).gauge();
    return gauge.value();
  }

  @Test
  void staysSilentForHoursWhileReplicationRuns() {
    watch(Duration.ofHours(3));

    assertThat(started()).isEmpty();
    assertThat(monitor.state(plan.id()))
        .get()
        .isInstanceOfSatisfying(
            PairState.Replicating.class,
            state -> assertThat(state.replica()).isEqualTo(Node.Role.TARGET));
    assertThat(gauge("repli.replication.running")).isOne();
    assertThat(gauge("repli.replication.lag")).isLessThan(1);
  }

  @Test
  void startsOneRunForAThreadThatStandsHoweverLongItStands() {
    watch(Duration.ofMinutes(1));
    nodes.target().replication().breakWith("1062 Duplicate entry");

    watch(Duration.ofHours(2));

    assertThat(only().runbook()).isEqualTo("IncidentTriageProcess");
    assertThat(only().requestedBy()).isEqualTo("repli-monitor");
    assertThat(facts(only().key())).contains("1062 Duplicate entry", "severity=high");
    assertThat(journal.newestMilestone(only().key(), "INCIDENT_UPDATED")).isEmpty();
    assertThat(gauge("repli.replication.running")).isZero();
    assertThat(gauge("repli.replication.lag")).isNaN();
  }

  private String facts(RunKey run) {
    return journal.newestMilestone(run, "RUN_REQUESTED").orElseThrow().evidence().toString();
  }

  /** Also of the node that still answers when the other one does not. */
  @Test
  void countsTheNodesThatAcceptWrites() {
    assertThat(monitor.writers(plan.id())).isEmpty();
    nodes.writerIs(Node.Role.SOURCE);
    watch(Duration.ofSeconds(5));
    assertThat(monitor.writers(plan.id())).hasValue(1);
    nodes.target().crash();
    watch(Duration.ofSeconds(5));
    assertThat(monitor.writers(plan.id())).hasValue(1);
    nodes.target().restart();
    nodes.target().readOnly(false);
    watch(Duration.ofSeconds(5));
    assertThat(monitor.writers(plan.id())).hasValue(2);
    assertThat(gauge("repli.writers")).isEqualTo(2);

    nodes.target().readOnly(true);
    nodes.source().crash();
    watch(Duration.ofSeconds(5));
    assertThat(monitor.writers(plan.id())).hasValue(0);
    assertThat(gauge("repli.writers")).isZero();
  }

  /** Two writers, or none, would call people in the middle of each night with a switch. */
  @ParameterizedTest
  @EnumSource(Node.Role.class)
  void countsOneWriterThoughItMovesBetweenTheLooks(Node.Role from) {
    Node.Role to = from == Node.Role.SOURCE ? Node.Role.TARGET : Node.Role.SOURCE;
    nodes.writerIs(from);
    watch(Duration.ofSeconds(5));
    nodes.target().before("look", () -> nodes.writerIs(to));
    watch(Duration.ofSeconds(5));

    assertThat(nodes.node(to).accepts()).isTrue();
    assertThat(monitor.writers(plan.id())).hasValue(1);
  }

  @Test
  void startsTheRunWithinTwoLooks() {
    watch(Duration.ofMinutes(1));
    nodes.target().replication().breakWith("1032 Can't find record");

    watch(Duration.ofSeconds(10));

    assertThat(started()).hasSize(1);
  }

  @Test
  void saysWhenItIsOverAndCountsTheNextBreachAsAnother() {
    watch(Duration.ofMinutes(1));
    nodes.target().replication().breakWith("1062 Duplicate entry");
    watch(Duration.ofMinutes(1));
    RunKey first = only().key();

    nodes.target().replication().from(nodes.source());
    watch(Duration.ofMinutes(1));
    assertThat(journal.newestMilestone(first, "INCIDENT_RESOLVED")).isPresent();
    runs.end(first, "Normal operation");
    nodes.target().replication().breakWith("1062 Duplicate entry");
    watch(Duration.ofMinutes(1));

    assertThat(started()).hasSize(2);
  }

  @Test
  void findsLagThatTheThreadsDoNotShow() {
    watch(Duration.ofMinutes(1));
    nodes.target().replication().stall(true);
    nodes.source().writeRegardless("app", "1");

    watch(Duration.ofSeconds(60));
    assertThat(started()).isEmpty();
    assertThat(gauge("repli.replication.lag")).isBetween(50.0, 60.0);
    watch(Duration.ofSeconds(30));

    assertThat(facts(only().key())).contains("behind", "replicationLagSeconds");
    nodes.target().replication().stall(false);
    watch(Duration.ofSeconds(15));
    assertThat(journal.newestMilestone(only().key(), "INCIDENT_RESOLVED")).isPresent();
  }

  @Test
  void reportsWhatGetsWorseAfterPeopleHaveEndedItsTriage() {
    watch(Duration.ofMinutes(1));
    nodes.target().replication().stall(true);
    nodes.source().writeRegardless("app", "1");
    watch(Duration.ofSeconds(90));
    runs.end(only().key(), "Fix planned");
    watch(Duration.ofMinutes(10));
    assertThat(started()).as("what goes on as it did is known").hasSize(1);

    nodes.target().replication().breakWith("1062 Duplicate entry");
    watch(Duration.ofMinutes(2));

    assertThat(started()).hasSize(2);
    assertThat(facts(started().get(0).key())).contains("1062 Duplicate entry");
  }

  @Test
  void takesASilentNodeForAFailure() {
    watch(Duration.ofMinutes(1));
    nodes.target().crash();

    watch(Duration.ofMinutes(1));

    assertThat(started()).hasSize(1);
    assertThat(monitor.state(plan.id()))
        .get()
        .isInstanceOfSatisfying(
            PairState.Failing.class,
            state -> assertThat(state.kind()).isEqualTo(PairState.Kind.UNKNOWN));
  }

  @Test
  void doesNotTakeAPlanThatIsNotSetUpForAFailure() {
    nodes.target().replication().from(nodes.source());
    resetTarget();

    watch(Duration.ofHours(1));

    assertThat(started()).isEmpty();
    assertThat(monitor.state(plan.id())).contains(new PairState.NotSetUp());
  }

  @Test
  void reportsReplicationThatDisappeared() {
    watch(Duration.ofMinutes(1));
    resetTarget();

    watch(Duration.ofMinutes(1));

    assertThat(facts(only().key())).contains("neither node replicates");
  }

  @Test
  void leavesReplicationThatARunTookAwayAlone() {
    watch(Duration.ofMinutes(1));
    RunKey cutover = new RunKey("CUTOVER-1");
    runs.start(new Runs.Request(cutover, "CutoverProcess", plan.id(), "op1", false, Map.of()));
    resetTarget();
    watch(Duration.ofMinutes(2));
    runs.end(cutover, "Cut over");

    watch(Duration.ofMinutes(2));

    assertThat(started()).extracting(Run::key).containsExactly(cutover);
  }

  @Test
  void reportsABreachThatOutlastsTheRunWhichKeptThePlanBusy() {
    watch(Duration.ofMinutes(1));
    RunKey other = new RunKey("OTHER-1");
    runs.start(new Runs.Request(other, "RollbackProcess", plan.id(), "op1", false, Map.of()));
    nodes.target().replication().breakWith("1062 Duplicate entry");
    watch(Duration.ofMinutes(2));
    assertThat(started()).hasSize(1);
    runs.end(other, "Rolled back to source");

    watch(Duration.ofMinutes(1));

    assertThat(started()).hasSize(2);
  }

  @Test
  void goesOnWithItsIncidentAfterARestartOfRepli() {
    watch(Duration.ofMinutes(1));
    nodes.target().replication().breakWith("1062 Duplicate entry");
    watch(Duration.ofMinutes(1));
    RunKey before = only().key();
    monitor.close();
    monitor = monitor();

    watch(Duration.ofMinutes(2));
    assertThat(only().key()).isEqualTo(before);
    nodes.target().replication().from(nodes.source());
    watch(Duration.ofMinutes(1));

    assertThat(journal.newestMilestone(before, "INCIDENT_RESOLVED")).isPresent();
  }

  @Test
  void followsTheDirectionAfterASwitch() {
    watch(Duration.ofMinutes(1));
    nodes.writerIs(Node.Role.TARGET);

    watch(Duration.ofMinutes(1));

    assertThat(started()).isEmpty();
    assertThat(monitor.state(plan.id()))
        .get()
        .isInstanceOfSatisfying(
            PairState.Replicating.class,
            state -> assertThat(state.replica()).isEqualTo(Node.Role.SOURCE));
  }

  private void resetTarget() {
    try (var session = nodes.connect(nodes.target().node(), Duration.ofSeconds(10), ActLog.NONE)) {
      session.resetReplication();
    }
  }
}

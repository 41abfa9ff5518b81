package dev.repli.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Command;
import dev.repli.database.NodeSession.Fence;
import dev.repli.database.NodeSession.Mark;
import dev.repli.database.NodeSession.ProbeRow;
import dev.repli.database.NodeSession.Standing;
import dev.repli.database.ProbeConnection.Ack;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every adapter promises. Before each test the source is the writer, the target is fenced and
 * replicates from it, and both know the probe's table.
 */
public abstract class DatabaseContract {
  protected static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String LOCK = "repli/contract";
  private static final String US = "installation-1";

  private final List<AutoCloseable> opened = new ArrayList<>();
  protected final List<String> log = new ArrayList<>();
  protected String run = "";

  protected abstract Database database();

  protected abstract Node source();

  protected abstract Node target();

  protected abstract Account probeAccount();

  protected abstract String replicationPassword();

  /** Brings the source to be the writer again, whatever the last test left. */
  protected abstract void writerIsSource();

  /** Waits, in the adapter's own time, until the condition holds; fails after the limit. */
  protected abstract void eventually(Duration atMost, ThrowingConsumer<Void> condition);

  /** Lets the server's time pass while nobody asks it anything. */
  protected abstract void letPass(Duration time);

  @BeforeEach
  void begin() {
    run = UUID.randomUUID().toString();
    log.clear();
    writerIsSource();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
    opened.clear();
  }

  protected NodeSession connect(Node node) {
    return connect(node, LONG);
  }

  protected NodeSession connect(Node node, Duration lease) {
    NodeSession session =
        database().connect(node, lease, (n, sql, took, outcome) -> log.add(sql + " -> " + outcome));
    opened.add(session);
    return session;
  }

  protected NodeSession commander(Node node) {
    NodeSession session = connect(node);
    assertThat(session.takeCommand(LOCK, US)).isInstanceOf(Command.Taken.class);
    return session;
  }

  protected Ack write(Node at, String id) {
    try (ProbeConnection probe = database().openProbe(at.address(), at, probeAccount())) {
      return probe.write(run, id);
    }
  }

  @Test
  void aWriteOnTheWriterReachesTheReplicaWithItsOrigin() {
    NodeSession source = connect(source());
    NodeSession target = connect(target());
    assertThat(write(source(), "1")).isEqualTo(new Ack.Acknowledged());

    assertThat(target.waitFor(source.position(), SECOND.multipliedBy(10)))
        .isInstanceOf(CatchUp.Reached.class);
    assertThat(target.findProbeRows(run, Optional.empty()))
        .isEqualTo(Map.of("1", new ProbeRow(1, source.look().serverId())));
    assertThat(target.replication().sourceServerId()).isEqualTo(source.look().serverId());
  }

  @Test
  void aDoubledWriteShowsAsTwoRowsAndLaterIdsCanBeAskedForAlone() {
    NodeSession source = connect(source());
    try (ProbeConnection probe =
        database().openProbe(source().address(), source(), probeAccount())) {
      probe.write(run, "1");
      probe.write(run, "1");
      probe.write(run, "2");
    }

    assertThat(source.findProbeRows(run, Optional.empty()))
        .containsEntry("1", new ProbeRow(2, source.look().serverId()));
    assertThat(source.findProbeRows(run, Optional.of("1"))).containsOnlyKeys("2");
  }

  @Test
  void aFencedNodeRefusesWritesAndItsPositionStandsStill() {
    NodeSession source = commander(source());
    write(source(), "1");
    assertThat(source.fence(SECOND)).isEqualTo(new Fence.Fenced());
    Position marked = source.position();

    assertThat(write(source(), "2")).isInstanceOf(Ack.Refused.class);
    assertThat(source.isFenced()).isTrue();
    assertThat(source.look().readOnly()).isTrue();
    assertThat(source.position()).isEqualTo(marked);
    assertThat(source.findProbeRows(run, Optional.empty())).containsOnlyKeys("1");
  }

  /** Repli's own account could write past the fence; what is sealed has to stay as it is. */
  @Test
  void aCanaryOfTheWriterIsWrittenOnlyWhereApplicationsMayWrite() {
    NodeSession source = commander(source());
    source.prepareProbe();
    source.canary().write(run, "1");
    assertThat(source.fence(SECOND)).isEqualTo(new Fence.Fenced());
    Position marked = source.position();

    assertThatThrownBy(() -> source.canary().write(run, "2")).isInstanceOf(NodeException.class);
    assertThat(source.position()).isEqualTo(marked);
    assertThat(source.findProbeRows(run, Optional.empty())).containsOnlyKeys("1");
  }

  @Test
  void aFencedNodeIsMarkedWithTheTransactionsThatTheFenceAborts() {
    NodeSession source = commander(source());
    write(source(), "1");
    assertThat(source.fence(SECOND)).isEqualTo(new Fence.Fenced());
    Position standing = source.position();

    assertThat(source.mark()).isEqualTo(new Mark(standing, source.openTransactions(), standing));
  }

  @Test
  void howANodeStandsIsSeenInOneLook() {
    NodeSession source = commander(source());
    assertThat(source.standing()).isEqualTo(new Standing(true, false, source.position()));
    source.fence(SECOND);
    assertThat(source.standing()).isEqualTo(new Standing(true, true, source.position()));
    assertThat(connect(source()).standing().commanded()).isFalse();
  }

  @Test
  void aNodeThatReplicatesFromNowhereMayBeToldToStop() {
    NodeSession source = commander(source());
    source.stopReplication();
    source.stopReplication();
    assertThat(source.replication().configured()).isFalse();
  }

  @Test
  void openingLiftsTheFenceAndMayBeRepeated() {
    NodeSession source = commander(source());
    source.fence(SECOND);
    source.open();
    source.open();

    assertThat(source.isFenced()).isFalse();
    assertThat(write(source(), "1")).isEqualTo(new Ack.Acknowledged());
  }

  @Test
  void fencingMayBeRepeated() {
    NodeSession source = commander(source());
    assertThat(source.fence(SECOND)).isEqualTo(new Fence.Fenced());
    assertThat(source.fence(SECOND)).isEqualTo(new Fence.Fenced());
    assertThat(source.isFenced()).isTrue();
  }

  @Test
  void theFenceTurnsEventsOffAndOpeningLeavesThemSo() {
    NodeSession source = commander(source());
    source.events(true);
    source.fence(SECOND);
    assertThat(source.look().eventsOn()).isFalse();
    source.open();
    assertThat(source.look().eventsOn()).isFalse();
    source.events(true);
    assertThat(source.look().eventsOn()).isTrue();
  }

  @Test
  void theServerReopensItselfWhenItsCommanderIsGone() {
    NodeSession source = commander(source());
    source.events(true);
    source.armDeadMan(SECOND);
    source.fence(SECOND);
    assertThat(source.isFenced()).isTrue();
    source.close();

    NodeSession witness = connect(source());
    eventually(
        SECOND.multipliedBy(4),
        nothing -> {
          assertThat(witness.isFenced()).isFalse();
          assertThat(witness.look().eventsOn()).isTrue();
        });
    assertThat(write(source(), "1")).isEqualTo(new Ack.Acknowledged());
  }

  /** As the switch does when it waited long at the gate. */
  @Test
  void theLeaseMayBeRenewedOnceAndIsKeptAsWell() {
    NodeSession source = commander(source());
    source.armDeadMan(SECOND.multipliedBy(30));
    source.cancelDeadMan();
    source.armDeadMan(SECOND);
    source.fence(SECOND);
    source.close();

    NodeSession witness = connect(source());
    eventually(SECOND.multipliedBy(4), nothing -> assertThat(witness.isFenced()).isFalse());
  }

  @Test
  void aCancelledDeadMansSwitchNeverFires() {
    NodeSession source = commander(source());
    source.armDeadMan(SECOND);
    source.fence(SECOND);
    source.cancelDeadMan();
    source.cancelDeadMan();

    letPass(SECOND.multipliedBy(2));
    assertThat(source.isFenced()).isTrue();
  }

  @Test
  void aSuccessorTakesCommandFromItsDeadPredecessorAndEndsItsSwitch() {
    NodeSession predecessor = commander(source());
    predecessor.armDeadMan(SECOND.multipliedBy(3));
    predecessor.fence(SECOND);

    NodeSession successor = connect(source());
    assertThat(successor.takeCommand(LOCK, US)).isEqualTo(new Command.Taken(1));
    assertThat(successor.holdsCommand()).isTrue();
    assertThatThrownBy(() -> predecessor.open()).isInstanceOf(NodeException.class);
    successor.cancelDeadMan();
    letPass(SECOND.multipliedBy(4));
    assertThat(successor.isFenced()).isTrue();
  }

  @Test
  void aSuccessorMayArmItsOwnSwitchWhileItsPredecessorsStillSleeps() {
    NodeSession predecessor = commander(source());
    predecessor.armDeadMan(SECOND);
    NodeSession successor = commander(source());
    successor.armDeadMan(SECOND.multipliedBy(30));
    successor.fence(SECOND);

    letPass(SECOND.multipliedBy(2));
    assertThat(successor.isFenced()).isTrue();
    successor.cancelDeadMan();
  }

  @Test
  void anotherInstallationIsLeftInCommand() {
    NodeSession holder = commander(source());
    NodeSession stranger = connect(source());

    assertThat(stranger.takeCommand(LOCK, "installation-2"))
        .isInstanceOf(Command.HeldByAnother.class);
    assertThat(stranger.holdsCommand()).isFalse();
    assertThat(holder.holdsCommand()).isTrue();
  }

  @Test
  void aSessionThatIsIdleForTheLeaseIsEndedByTheServer() {
    NodeSession idle = connect(source(), SECOND);
    assertThat(idle.takeCommand(LOCK, US)).isInstanceOf(Command.Taken.class);
    NodeSession other = connect(source());
    eventually(
        SECOND.multipliedBy(5),
        nothing ->
            assertThat(other.takeCommand(LOCK, "installation-2"))
                .isInstanceOf(Command.Taken.class));

    assertThatThrownBy(() -> idle.fence(SECOND)).isInstanceOf(NodeException.class);
    assertThat(other.isFenced()).isFalse();
  }

  @Test
  void aWaitForAPositionThatDoesNotComeIsBounded() {
    NodeSession source = connect(source());
    NodeSession target = connect(target());
    target.stopReplication();
    write(source(), "1");

    assertThat(target.waitFor(source.position(), SECOND)).isInstanceOf(CatchUp.NotReached.class);
    assertThat(target.replication().applying()).isFalse();
  }

  @Test
  void theWriterMovesAndTheOldOneReplicatesFromTheNew() {
    NodeSession source = commander(source());
    NodeSession target = commander(target());
    write(source(), "1");
    source.fence(SECOND);
    assertThat(target.waitFor(source.position(), SECOND.multipliedBy(10)))
        .isInstanceOf(CatchUp.Reached.class);
    target.stopReplication();
    target.open();
    assertThat(write(target(), "2")).isEqualTo(new Ack.Acknowledged());
    target.resetReplication();
    source.replicateFrom(target(), replicationPassword());
    source.replicateFrom(target(), replicationPassword());

    assertThat(source.waitFor(target.position(), SECOND.multipliedBy(10)))
        .isInstanceOf(CatchUp.Reached.class);
    assertThat(source.findProbeRows(run, Optional.empty()))
        .containsOnlyKeys("1", "2")
        .containsEntry("2", new ProbeRow(1, target.look().serverId()));
    assertThat(source.replication().from()).contains(target().address());
    assertThat(target.replication().configured()).isFalse();
  }

  @Test
  void everyActIsToldToTheLogAndNoSecret() {
    NodeSession source = commander(source());
    source.fence(SECOND);
    NodeSession target = connect(target());
    target.waitFor(source.position(), SECOND.multipliedBy(10));
    target.resetReplication();
    source.replicateFrom(target(), replicationPassword());
    source.resetReplication();

    assertThat(log).isNotEmpty().allSatisfy(line -> assertThat(line).contains("->"));
    assertThat(String.join("\n", log)).doesNotContain(replicationPassword());
  }

  @Test
  void aNodeWithoutAnOptionFileSaysSo() {
    assertThat(source().fenceFile()).isEmpty();
    assertThat(connect(source()).persistFence(true)).isFalse();
  }

  @Test
  void nothingIsMissingForAnAccountAsDocumented() {
    assertThat(connect(source()).missingPrivileges()).isEmpty();
  }
}

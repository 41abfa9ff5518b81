package dev.repli.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Fence;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DryRunDatabaseTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final FakeDatabase servers = new FakeDatabase(new VirtualTime());
  private final List<PlannedAct> acts = new ArrayList<>();
  private final Databases dry = new Databases(List.of(servers)).dryRun(acts::add);

  private NodeSession connect(Node.Role role) {
    return dry.connect(servers.node(role).node(), SECOND.multipliedBy(10), ActLog.NONE);
  }

  @Test
  void looksAfterAnActAgreeWithIt() {
    NodeSession source = connect(Node.Role.SOURCE);
    assertThat(source.holdsCommand()).isFalse();
    source.takeCommand("repli/p", "i");
    assertThat(source.holdsCommand()).isTrue();
    assertThat(source.fence(SECOND)).isEqualTo(new Fence.Fenced());
    assertThat(source.isFenced()).isTrue();
    assertThat(source.look().readOnly()).isTrue();
    assertThat(source.look().eventsOn()).isFalse();
    source.open();
    source.events(true);
    assertThat(source.isFenced()).isFalse();
    assertThat(source.look().eventsOn()).isTrue();
  }

  @Test
  void thePositionStandsStillBehindTheFenceThatWasNotClosed() {
    NodeSession source = connect(Node.Role.SOURCE);
    source.fence(SECOND);
    Position marked = source.position();
    servers.source().writeRegardless("app", "1");

    assertThat(source.position()).isEqualTo(marked);
  }

  @Test
  void replicationTurnsRoundInTheLooks() {
    NodeSession source = connect(Node.Role.SOURCE);
    NodeSession target = connect(Node.Role.TARGET);
    source.fence(SECOND);
    target.stopReplication();
    assertThat(target.replication().applying()).isFalse();
    target.open();
    target.resetReplication();
    source.replicateFrom(servers.target().node(), "secret");

    assertThat(target.replication().configured()).isFalse();
    assertThat(source.replication().from()).contains(servers.target().node().address());
    assertThat(source.waitFor(target.position(), SECOND)).isInstanceOf(CatchUp.Reached.class);
    assertThat(acts).extracting(PlannedAct::statement).noneMatch(act -> act.contains("secret"));
  }

  @Test
  void nothingReachesTheServers() {
    NodeSession source = connect(Node.Role.SOURCE);
    source.takeCommand("repli/p", "i");
    source.armDeadMan(SECOND);
    source.fence(SECOND);
    source.cancelDeadMan();
    source.endApplicationSessions();
    source.prepareProbe();
    source.trimProbe(SECOND);

    assertThat(servers.source().acts()).isEmpty();
    assertThat(servers.source().accepts()).isTrue();
    assertThat(servers.source().deadManArmed()).isFalse();
    assertThat(acts).extracting(PlannedAct::node).containsOnly("source (127.0.0.1:3301)");
    assertThat(acts)
        .extracting(PlannedAct::statement)
        .containsExactly(
            "take repli/p",
            "arm dead-man's switch for PT1S",
            "fence",
            "cancel dead-man's switch",
            "end session <each application session>",
            "create probe table",
            "trim probe");
  }
}

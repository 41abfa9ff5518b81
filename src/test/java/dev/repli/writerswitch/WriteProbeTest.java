package dev.repli.writerswitch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.ActLog;
import dev.repli.database.ActStatements;
import dev.repli.database.Database;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.NodeSession;
import dev.repli.database.ProbeConnection;
import dev.repli.database.VirtualTime;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Entrance;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RoutePlans;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteProbeTest {
  private static final Endpoint ENTRANCE = new Endpoint("127.0.0.1", 3300);

  @TempDir Path directory;

  private final List<Node.Tls> seen = new CopyOnWriteArrayList<>();

  @Test
  void connectsToARouteWithTheTlsSettingOfItsEndpoint() {
    probe(new Entrance(ENTRANCE, Optional.of(Node.Tls.VERIFY_FULL)));
    assertThat(seen).containsExactly(Node.Tls.VERIFY_FULL);
  }

  @Test
  void connectsAsToTheNodeWhereTheEndpointSaysNothing() {
    probe(new Entrance(ENTRANCE, Optional.empty()));
    assertThat(seen).containsExactly(Node.Tls.DISABLED);
  }

  private void probe(Entrance entrance) {
    VirtualTime time = new VirtualTime();
    Plan plan =
        RoutePlans.plan(
            new Endpoint("127.0.0.1", 3301),
            new Endpoint("127.0.0.1", 3302),
            new RouteSpec.Lab("app", Optional.of(entrance)));
    FakeDatabase fake = new FakeDatabase(time, plan.source(), plan.target());
    fake.route(ENTRANCE, fake::source);
    fake.writerIs(Node.Role.SOURCE);
    try (NodeSession source = fake.connect(plan.source(), Duration.ofSeconds(10), ActLog.NONE)) {
      source.prepareProbe();
    }
    RealSwitchPorts ports =
        new RealSwitchPorts(
            new Databases(List.of(new Watched(fake, seen))),
            new Routes(List.of()),
            new InMemoryJournal(time));
    SwitchRequest request = new SwitchRequest("s1", new RunKey("INC-1"), plan, Direction.TO_SOURCE);
    try (SwitchAttempt attempt = new SwitchAttempt(request, ports);
        WriteProbe probe = WriteProbe.start(attempt, directory, time, System::nanoTime)) {
      assertThat(probe.acknowledgedSince(Duration.ofSeconds(5))).isTrue();
    }
  }

  /** Remembers how the node behind a probe was to be connected to. */
  private record Watched(FakeDatabase real, List<Node.Tls> seen) implements Database {
    @Override
    public Node.Kind kind() {
      return real.kind();
    }

    @Override
    public NodeSession connect(Node node, Duration lease, ActLog log) {
      return real.connect(node, lease, log);
    }

    @Override
    public ActStatements statements() {
      return real.statements();
    }

    @Override
    public ProbeConnection openProbe(Endpoint at, Node like, Account account) {
      seen.add(like.tls());
      return real.openProbe(at, like, account);
    }
  }
}

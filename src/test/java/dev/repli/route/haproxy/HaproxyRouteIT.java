package dev.repli.route.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.ConnectionLimit;
import dev.repli.route.ReadWeights;
import dev.repli.route.Route;
import dev.repli.route.RouteAct;
import dev.repli.route.RouteContract;
import dev.repli.route.RouteException;
import dev.repli.route.RoutePlans;
import dev.repli.route.RouteSession;
import dev.repli.route.SayingServer;
import dev.repli.route.SayingServer.Caller;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the HAProxy of the machine. Its servers are two TCP servers of this test. */
class HaproxyRouteIT extends RouteContract {
  private final SayingServer source = SayingServer.start(Node.Role.SOURCE);
  private final SayingServer target = SayingServer.start(Node.Role.TARGET);
  private final List<AutoCloseable> toClose = new ArrayList<>(List.of(source, target));
  private Haproxy haproxy;

  @BeforeEach
  void start(@TempDir Path folder) {
    assumeThat(Haproxy.program())
        .as("haproxy is not installed; run scripts/install-test-tools")
        .isPresent();
    haproxy =
        Haproxy.start(
            folder,
            source.address(),
            target.address(),
            "  server third 127.0.0.1:1 disabled no-check");
    toClose.add(0, haproxy);
    await().untilAsserted(() -> assertThat(whoAnswers()).isEqualTo(Node.Role.SOURCE));
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : toClose) {
      one.close();
    }
  }

  @Override
  protected Route route() {
    return new HaproxyRoute();
  }

  @Override
  protected RouteSpec.Haproxy spec() {
    return spec(haproxy.unixApi(), "writer", "db1", "db2");
  }

  private static RouteSpec.Haproxy spec(String api, String backend, String db1, String db2) {
    return new RouteSpec.Haproxy(
        "front", Optional.empty(), api, backend, db1, db2, Optional.of("reader"), Optional.empty());
  }

  @Override
  protected RouteSpec unreachable() {
    return spec("unix:/nonexistent/haproxy.sock", "writer", "db1", "db2");
  }

  @Override
  protected Plan plan() {
    return RoutePlans.plan(source.address(), target.address(), spec());
  }

  @Override
  protected Node.Role whoAnswers() {
    try (Caller caller = Caller.call(haproxy.endpoint())) {
      return caller.hear();
    }
  }

  @Override
  protected boolean limitsConnections() {
    return true;
  }

  @Override
  protected boolean spreadsReads() {
    return true;
  }

  @Override
  protected Node.Role whoReads() {
    try (Caller caller = Caller.call(haproxy.readEndpoint())) {
      return caller.hear();
    }
  }

  @Override
  protected Optional<Client> comeAndStay() {
    Caller caller = Caller.call(haproxy.endpoint());
    toClose.add(caller);
    assertThat(caller.hear()).isEqualTo(Node.Role.SOURCE);
    return Optional.of(caller);
  }

  private RouteSession open(RouteSpec.Haproxy spec) {
    return route().connect(spec, plan(), ActLog.NONE);
  }

  private void assertRefused(RouteSpec.Haproxy spec, String because) {
    assertThatThrownBy(() -> open(spec).close())
        .isInstanceOf(RouteException.class)
        .hasMessageStartingWith("route front: ")
        .hasMessageContaining(because);
  }

  @Test
  void letsNoMoreConnectionsInThanAllowedAndMovesThoseThatWait() {
    comeAndStay();
    comeAndStay();
    try (RouteSession session = open(spec())) {
      assertThat(session.limit(Node.Role.SOURCE))
          .contains(new ConnectionLimit(ConnectionLimit.NONE, 2));
      session.limit(Node.Role.SOURCE, 2);
      CompletableFuture<Node.Role> waiting = CompletableFuture.supplyAsync(this::whoAnswers);
      await().pollDelay(Duration.ofMillis(300)).until(() -> true);
      assertThat(waiting).isNotDone();
      session.routeTo(Node.Role.TARGET);
      assertThat(waiting).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(Node.Role.TARGET);
    }
  }

  @Test
  void letsThoseThatWaitInWhenTheLimitIsGivenBack() {
    comeAndStay();
    try (RouteSession session = open(spec())) {
      assertThat(session.limitCommands(Node.Role.SOURCE, 1))
          .containsExactly("set maxconn server writer/db1 1");
      assertThat(session.limitCommands(Node.Role.SOURCE, ConnectionLimit.NONE))
          .containsExactly(
              "set maxconn server writer/db1 1000000", "set maxconn server writer/db1 0");
      session.limit(Node.Role.SOURCE, 1);
      CompletableFuture<Node.Role> waiting = CompletableFuture.supplyAsync(this::whoAnswers);
      await().pollDelay(Duration.ofMillis(300)).until(() -> true);
      assertThat(waiting).isNotDone();
      session.limit(Node.Role.SOURCE, ConnectionLimit.NONE);
      assertThat(waiting).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(Node.Role.SOURCE);
    }
  }

  @Test
  void worksOverTcpToo() {
    try (RouteSession session = open(spec(haproxy.tcpApi(), "writer", "db1", "db2"))) {
      session.routeTo(Node.Role.TARGET);
      assertThat(whoAnswers()).isEqualTo(Node.Role.TARGET);
    }
  }

  @Test
  void keepsItsConnectionLongerThanHaproxysIdleLimit() {
    try (RouteSession session = open(spec())) {
      // the file says: stats timeout 1s
      await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);
      session.routeTo(Node.Role.TARGET);
      assertThat(session.look().writer()).contains(Node.Role.TARGET);
    }
  }

  @Test
  void sendsTheCommandsThatWereMeasured() {
    try (RouteSession session = open(spec())) {
      assertThat(session.commands(RouteAct.ROUTE_TO, Node.Role.TARGET))
          .containsExactly(
              "set server writer/db2 state ready", "set server writer/db1 state maint");
      assertThat(session.commands(RouteAct.END_SESSIONS, Node.Role.SOURCE))
          .containsExactly("shutdown sessions server writer/db1");
    }
  }

  @Test
  void saysWhenTheNewWritersHealthCheckIsAgainstIt() {
    try (RouteSession session = open(spec())) {
      target.close();
      session.routeTo(Node.Role.SOURCE);
      assertThat(session.look().writer()).contains(Node.Role.SOURCE);
      // a server that leaves maintenance counts as up until its checks have failed
      session.routeTo(Node.Role.TARGET);
      await().untilAsserted(() -> assertThat(session.look().writer()).isEmpty());
      assertThat(session.look().detail()).contains("db2 DOWN");
    }
  }

  @Test
  void sendsOnlyTheWeightsThatDiffer() {
    try (RouteSession session = open(spec())) {
      assertThat(session.spreadCommands(new ReadWeights(5, Map.of("db1", 95))))
          .containsExactly("set server reader/db2 weight 5", "set server reader/db1 weight 95");
      assertThat(session.spreadCommands(new ReadWeights(0, Map.of("db1", 1)))).isEmpty();
    }
  }

  @Test
  void saysThatTheTargetIsNoReader() throws Exception {
    RouteSpec.Haproxy elsewhere =
        new RouteSpec.Haproxy(
            "front",
            Optional.empty(),
            haproxy.unixApi(),
            "writer",
            "db1",
            "db2",
            Optional.of("nothing"),
            Optional.empty());
    try (RouteSession session = open(elsewhere)) {
      assertThatThrownBy(session::reads)
          .isInstanceOf(RouteException.class)
          .hasMessageContaining("No such proxy");
    }
    try (RuntimeApi api = RuntimeApi.open(haproxy.unixApi(), Duration.ofSeconds(2));
        RouteSession session = open(spec())) {
      assertThat(api.ask("set server reader/db2 state maint")).isEmpty();
      assertThat(session.reads().orElseThrow().targetReady()).isFalse();
    }
  }

  @Test
  void refusesASocketThatMayOnlyLook() {
    assertRefused(spec(haproxy.unixApiOfAUser(), "writer", "db1", "db2"), "level admin");
  }

  @Test
  void refusesNamesThatHaproxyDoesNotKnow() {
    assertRefused(spec(haproxy.unixApi(), "readers", "db1", "db2"), "No such proxy");
    assertRefused(spec(haproxy.unixApi(), "writer", "db1", "db9"), "it has no server db9");
  }

  @Test
  void refusesNamesThatWouldBecomeAnotherCommand() {
    assertRefused(
        spec(haproxy.unixApi(), "writer", "db1; disable frontend x", "db2"), "a name has");
    assertRefused(spec(haproxy.unixApi(), "writer\nquit", "db1", "db2"), "a name has");
  }

  @Test
  void refusesABackendWhereAThirdServerGetsNewWork() throws Exception {
    try (RuntimeApi api = RuntimeApi.open(haproxy.unixApi(), Duration.ofSeconds(2))) {
      assertThat(api.ask("set server writer/third state ready")).isEmpty();
    }
    assertRefused(spec(), "server third gets new work, too");
  }

  @Test
  void reportsAHaproxyThatIsGone() {
    try (RouteSession session = open(spec())) {
      haproxy.close();
      assertThatThrownBy(() -> session.routeTo(Node.Role.TARGET))
          .isInstanceOf(RouteException.class)
          .hasMessageStartingWith("route front: ");
    }
  }
}

package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.repli.plan.Entrance;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.Route;
import dev.repli.route.RouteContract;
import dev.repli.route.RoutePlans;
import dev.repli.route.SayingServer;
import dev.repli.route.SayingServer.Caller;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LabRouteTest extends RouteContract {
  private final SayingServer source = SayingServer.start(Node.Role.SOURCE);
  private final SayingServer target = SayingServer.start(Node.Role.TARGET);
  private final LabRoute running =
      LabRoute.start("lab", 0, source.address(), target.address(), Node.Role.SOURCE);
  private final LabRoutes routes = new LabRoutes();
  private final List<Caller> callers = new ArrayList<>();

  LabRouteTest() {
    routes.add(running);
  }

  @AfterEach
  void stop() {
    callers.forEach(Caller::close);
    running.close();
    source.close();
    target.close();
  }

  @Override
  protected Route route() {
    return new LabRouteAdapter(routes);
  }

  @Override
  protected RouteSpec spec() {
    return new RouteSpec.Lab(
        "lab", Optional.of(new Entrance(running.endpoint(), Optional.empty())));
  }

  @Override
  protected RouteSpec unreachable() {
    return new RouteSpec.Lab("nowhere", Optional.empty());
  }

  @Override
  protected Plan plan() {
    return RoutePlans.plan(source.address(), target.address(), spec());
  }

  @Override
  protected Node.Role whoAnswers() {
    return call().hear();
  }

  private Caller call() {
    Caller caller = Caller.call(running.endpoint());
    callers.add(caller);
    return caller;
  }

  @Override
  protected Optional<Client> comeAndStay() {
    Caller caller = call();
    assertThat(caller.hear()).isEqualTo(Node.Role.SOURCE);
    return Optional.of(caller);
  }

  @Test
  void leavesEstablishedConnectionsWhereTheyAre() {
    Caller stayed = call();
    assertThat(stayed.hear()).isEqualTo(Node.Role.SOURCE);
    running.routeTo(Node.Role.TARGET);
    assertThat(stayed.isConnected()).isTrue();
    assertThat(running.sessions(Node.Role.SOURCE)).isEqualTo(1);
  }

  @Test
  void forgetsAConnectionThatTheClientClosed() {
    Caller brief = call();
    assertThat(brief.hear()).isEqualTo(Node.Role.SOURCE);
    brief.close();
    await().untilAsserted(() -> assertThat(running.sessions(Node.Role.SOURCE)).isZero());
  }

  @Test
  void cutsEverybodyWhenItStops() {
    Caller stayed = call();
    assertThat(stayed.hear()).isEqualTo(Node.Role.SOURCE);
    running.close();
    await().untilAsserted(() -> assertThat(stayed.isConnected()).isFalse());
    assertThatThrownBy(this::call).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void refusesASecondRouteOfTheSameName() {
    assertThatThrownBy(() -> routes.add(running))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lab");
  }
}

package dev.repli.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private final RouteSpec lab = new RouteSpec.Lab("lab", Optional.empty());
  private final Plan plan =
      RoutePlans.plan(new Endpoint("db1", 3306), new Endpoint("db2", 3306), lab);

  @Test
  void picksTheAdapterByTheKindOfTheSpecification() {
    FakeRoute fake = FakeRoute.holding(Node.Role.TARGET);
    try (RouteSession session = new Routes(List.of(fake)).connect(lab, plan, ActLog.NONE)) {
      assertThat(session.look().writer()).contains(Node.Role.TARGET);
    }
  }

  @Test
  void refusesTwoAdaptersForOneKind() {
    FakeRoute one = FakeRoute.holding(Node.Role.SOURCE);
    FakeRoute two = FakeRoute.cutting(Node.Role.SOURCE);
    assertThatThrownBy(() -> new Routes(List.of(one, two)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("two adapters serve routes of kind Lab");
  }

  @Test
  void namesTheRouteThatNoAdapterServes() {
    assertThatThrownBy(() -> new Routes(List.of()).connect(lab, plan, ActLog.NONE))
        .isInstanceOf(RouteException.class)
        .hasMessageContaining("route lab: ")
        .hasMessageContaining("none serves Lab");
  }

  @Test
  void recordsTheCommandsOfADryRunInOrderAndOverlaysTheirEffect() {
    FakeRoute fake = FakeRoute.holding(Node.Role.SOURCE);
    fake.stay(Node.Role.SOURCE, 3);
    List<PlannedRouteAct> acts = new ArrayList<>();
    try (RouteSession dry =
        new Routes(List.of(fake)).dryRun(acts::add).connect(lab, plan, ActLog.NONE)) {
      assertThat(dry.hold(Node.Role.SOURCE, Duration.ZERO)).isZero();
      assertThat(dry.look().writer()).isEmpty();
      dry.release(Node.Role.SOURCE);
      assertThat(dry.look().writer()).contains(Node.Role.SOURCE);
      dry.routeTo(Node.Role.TARGET);
      dry.endSessions(Node.Role.SOURCE);
      assertThat(dry.look().writer()).contains(Node.Role.TARGET);
      assertThat(dry.look().sessionsOn(Node.Role.SOURCE)).isZero();
      dry.save();
    }
    assertThat(acts)
        .extracting(PlannedRouteAct::command)
        .containsExactly(
            "fake HOLD SOURCE",
            "fake RELEASE SOURCE",
            "fake ROUTE_TO TARGET",
            "fake END_SESSIONS SOURCE",
            "fake SAVE");
    assertThat(fake.sent()).isEmpty();
    assertThat(fake.whoAnswers()).contains(Node.Role.SOURCE);
  }

  @Test
  void failsAsOftenAsToldAndThenWorks() {
    FakeRoute fake = FakeRoute.holding(Node.Role.SOURCE);
    fake.failNext(RouteAct.ROUTE_TO, 1);
    try (RouteSession session = fake.connect(lab, plan, ActLog.NONE)) {
      assertThatThrownBy(() -> session.routeTo(Node.Role.TARGET))
          .isInstanceOf(RouteException.class);
      assertThat(fake.whoAnswers()).contains(Node.Role.SOURCE);
      session.routeTo(Node.Role.TARGET);
      assertThat(fake.whoAnswers()).contains(Node.Role.TARGET);
    }
  }
}

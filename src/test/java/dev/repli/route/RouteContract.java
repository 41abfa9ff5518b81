package dev.repli.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every route has to do, whatever its technology. At the start of each test the source gets
 * all new work.
 */
public abstract class RouteContract {
  private static final Node.Role SOURCE = Node.Role.SOURCE;
  private static final Node.Role TARGET = Node.Role.TARGET;
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final List<String> sent = new ArrayList<>();

  @BeforeEach
  void forgetWhatWasSent() {
    sent.clear();
  }

  protected abstract Route route();

  protected abstract RouteSpec spec();

  /** A specification of a route that is not there. */
  protected abstract RouteSpec unreachable();

  protected abstract Plan plan();

  /** The node that answers a client that comes now. */
  protected abstract Node.Role whoAnswers();

  /** A client that stays, busy on the writer; empty where clients do not go through the route. */
  protected abstract Optional<Client> comeAndStay();

  /** Whether this route can limit connections; at the start of each test it allows many. */
  protected boolean limitsConnections() {
    return false;
  }

  /** Whether this route spreads reads; at the start of each test all go to the source. */
  protected boolean spreadsReads() {
    return false;
  }

  /** The node that answers a read that comes now; only asked where reads are spread. */
  protected Node.Role whoReads() {
    throw new AssertionError("this route spreads no reads");
  }

  /** A client of the route. */
  public interface Client {
    /** Whether its connection still works. */
    boolean isConnected();
  }

  protected final RouteSession connect() {
    return route().connect(spec(), plan(), (name, command, took, outcome) -> sent.add(command));
  }

  @Test
  void seesWhoGetsNewWork() {
    try (RouteSession session = connect()) {
      assertThat(session.look().writer()).contains(SOURCE);
      assertThat(session.look().detail()).isNotBlank();
      assertThat(session.spec()).isEqualTo(spec());
    }
  }

  @Test
  void sendsNewWorkToTheOtherNodeAndBack() {
    try (RouteSession session = connect()) {
      session.routeTo(TARGET);
      assertThat(session.look().writer()).contains(TARGET);
      assertThat(whoAnswers()).isEqualTo(TARGET);

      session.routeTo(SOURCE);
      assertThat(session.look().writer()).contains(SOURCE);
      assertThat(whoAnswers()).isEqualTo(SOURCE);
    }
  }

  @Test
  void routesTwiceToTheSameNodeWithoutHarm() {
    try (RouteSession session = connect()) {
      session.routeTo(TARGET);
      session.routeTo(TARGET);
      assertThat(session.look().writer()).contains(TARGET);
      assertThat(whoAnswers()).isEqualTo(TARGET);
    }
  }

  @Test
  void goesOnWhereAnEarlierSessionStopped() {
    try (RouteSession first = connect()) {
      first.hold(SOURCE, DRAIN);
    }
    try (RouteSession second = connect()) {
      second.routeTo(TARGET);
      assertThat(whoAnswers()).isEqualTo(TARGET);
    }
  }

  @Test
  void handsTheWriterOutAgainAfterAHold() {
    try (RouteSession session = connect()) {
      session.hold(SOURCE, DRAIN);
      assertThat(session.look().writer())
          .isEqualTo(session.canHold() ? Optional.empty() : Optional.of(SOURCE));

      session.release(SOURCE);
      session.release(SOURCE);
      assertThat(session.look().writer()).contains(SOURCE);
      assertThat(whoAnswers()).isEqualTo(SOURCE);
    }
  }

  @Test
  void endsTheSessionsThatAreStillOnTheOldNode() {
    Optional<Client> client = comeAndStay();
    try (RouteSession session = connect()) {
      session.routeTo(TARGET);
      session.endSessions(SOURCE);
      client.ifPresent(
          stayed -> {
            await().untilAsserted(() -> assertThat(stayed.isConnected()).isFalse());
            assertThat(session.look().sessionsOn(SOURCE)).isZero();
          });
      assertThat(whoAnswers()).isEqualTo(TARGET);
    }
  }

  @Test
  void countsTheSessionsOfANode() {
    Optional<Client> client = comeAndStay();
    try (RouteSession session = connect()) {
      if (client.isPresent()) {
        await().untilAsserted(() -> assertThat(session.look().sessionsOn(SOURCE)).isPositive());
      } else {
        assertThat(session.look().sessionsOn(SOURCE)).isEqualTo(-1);
      }
    }
  }

  @Test
  void savesAsOftenAsAsked() {
    try (RouteSession session = connect()) {
      session.routeTo(TARGET);
      session.save();
      session.save();
      assertThat(session.look().writer()).contains(TARGET);
    }
  }

  @Test
  void tellsBeforehandExactlyWhatItSends() {
    try (RouteSession session = connect()) {
      List<String> told = new ArrayList<>();
      told.addAll(session.commands(RouteAct.HOLD, SOURCE));
      told.addAll(session.commands(RouteAct.ROUTE_TO, TARGET));
      told.addAll(session.commands(RouteAct.SAVE, TARGET));
      assertThat(sent).isEmpty();

      session.hold(SOURCE, DRAIN);
      session.routeTo(TARGET);
      session.save();
      assertThat(sent).isEqualTo(told).isNotEmpty();
    }
  }

  @Test
  void changesNothingInADryRunButShowsWhatItWouldBe() {
    List<PlannedRouteAct> planned = new ArrayList<>();
    Routes dry = new Routes(List.of(route())).dryRun(planned::add);
    RouteSession.RouteState before;
    try (RouteSession real = connect()) {
      before = real.look();
    }
    try (RouteSession session = dry.connect(spec(), plan(), this::refuseToSend)) {
      session.hold(SOURCE, DRAIN);
      session.routeTo(TARGET);
      session.endSessions(SOURCE);
      session.save();
      assertThat(session.look().writer()).contains(TARGET);
    }
    try (RouteSession real = connect()) {
      assertThat(real.look()).isEqualTo(before);
    }
    assertThat(whoAnswers()).isEqualTo(SOURCE);
    assertThat(planned).isNotEmpty().allMatch(act -> act.route().equals(spec().name()));
  }

  @Test
  void spreadsReadsByWeightAndReadsThemBack() {
    try (RouteSession session = connect()) {
      assertThat(session.reads().isPresent()).isEqualTo(spreadsReads());
      if (!spreadsReads()) {
        assertThatThrownBy(() -> session.spreadReads(new ReadWeights(1, Map.of())))
            .isInstanceOf(RouteException.class)
            .hasMessageContaining("route " + spec().name() + ": spread reads");
        return;
      }
      ReadWeights before = weights(session);
      assertThat(before.targetShare()).isZero();
      assertThat(readers()).containsOnly(SOURCE);

      ReadWeights half = before.withTargetShare(50);
      assertThat(session.spreadCommands(half)).isNotEmpty();
      session.spreadReads(half);
      assertThat(sent).isNotEmpty();
      assertThat(weights(session)).isEqualTo(half);
      assertThat(readers()).containsOnly(SOURCE, TARGET);

      session.spreadReads(before.withTargetShare(100));
      assertThat(weights(session).targetShare()).isEqualTo(100);
      assertThat(readers()).containsOnly(TARGET);

      session.spreadReads(before);
      session.spreadReads(before);
      assertThat(weights(session)).isEqualTo(before);
      assertThat(readers()).containsOnly(SOURCE);
      assertThat(session.look().writer()).contains(SOURCE);
    }
  }

  @Test
  void spreadsNoReadsInADryRunButShowsHowTheyWouldBe() {
    if (!spreadsReads()) {
      return;
    }
    List<PlannedRouteAct> planned = new ArrayList<>();
    Routes dry = new Routes(List.of(route())).dryRun(planned::add);
    try (RouteSession session = dry.connect(spec(), plan(), this::refuseToSend)) {
      ReadWeights all = weights(session).withTargetShare(100);
      List<String> told = session.spreadCommands(all);
      session.spreadReads(all);
      assertThat(weights(session)).isEqualTo(all);
      assertThat(planned).extracting(PlannedRouteAct::command).isEqualTo(told).isNotEmpty();
    }
    try (RouteSession real = connect()) {
      assertThat(weights(real).targetShare()).isZero();
    }
  }

  @Test
  void allowsFewerConnectionsAndAsManyAsBeforeAgain() {
    try (RouteSession session = connect()) {
      assertThat(session.limit(SOURCE).isPresent()).isEqualTo(limitsConnections());
      if (!limitsConnections()) {
        assertThatThrownBy(() -> session.limit(SOURCE, 10))
            .isInstanceOf(RouteException.class)
            .hasMessageContaining("route " + spec().name() + ": limit connections");
        return;
      }
      int before = limit(session, SOURCE);
      int ofTheOther = limit(session, TARGET);
      assertThat(before).isGreaterThan(10);
      List<String> told = session.limitCommands(SOURCE, 10);
      session.limit(SOURCE, 10);
      assertThat(sent).isEqualTo(told).isNotEmpty();
      session.limit(SOURCE, 10);
      assertThat(limit(session, SOURCE)).isEqualTo(10);
      assertThat(limit(session, TARGET)).isEqualTo(ofTheOther);
      assertThat(whoAnswers()).isEqualTo(SOURCE);

      session.limit(SOURCE, before);
      assertThat(limit(session, SOURCE)).isEqualTo(before);
      assertThat(whoAnswers()).isEqualTo(SOURCE);
    }
  }

  @Test
  void limitsNothingInADryRunButShowsHowItWouldBe() {
    if (!limitsConnections()) {
      return;
    }
    List<PlannedRouteAct> planned = new ArrayList<>();
    Routes dry = new Routes(List.of(route())).dryRun(planned::add);
    try (RouteSession session = dry.connect(spec(), plan(), this::refuseToSend)) {
      List<String> told = session.limitCommands(SOURCE, 10);
      session.limit(SOURCE, 10);
      assertThat(limit(session, SOURCE)).isEqualTo(10);
      assertThat(planned).extracting(PlannedRouteAct::command).isEqualTo(told).isNotEmpty();
    }
    try (RouteSession real = connect()) {
      assertThat(limit(real, SOURCE)).isGreaterThan(10);
    }
  }

  private static int limit(RouteSession session, Node.Role node) {
    return session.limit(node).orElseThrow().atMost();
  }

  private static ReadWeights weights(RouteSession session) {
    return session.reads().orElseThrow().weights();
  }

  /** Whoever answers forty reads, one after the other. */
  private List<Node.Role> readers() {
    return Stream.generate(this::whoReads).limit(40).toList();
  }

  private void refuseToSend(String route, String command, Duration took, String outcome) {
    throw new AssertionError("sent in a dry run: " + command);
  }

  @Test
  void namesTheRouteThatCannotBeReached() {
    assertThatThrownBy(() -> route().connect(unreachable(), plan(), ActLog.NONE))
        .isInstanceOf(RouteException.class)
        .hasMessageContaining("route " + unreachable().name() + ": ");
  }
}

package dev.repli.guardrail;

import dev.repli.comparison.ComparisonId;
import dev.repli.comparison.ComparisonResult;
import dev.repli.comparison.TableResult;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.database.survey.Channel;
import dev.repli.database.survey.Reading;
import dev.repli.database.survey.Surveyor.NumberBehind;
import dev.repli.database.survey.TableName;
import dev.repli.database.survey.Tables.Column;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RouteFacts;
import dev.repli.route.RouteSession.RouteState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Two surveyed nodes without servers, fit for a cutover; the source is the writer. A test changes
 * what it is about.
 */
final class SurveyedPair {
  static final TableName ORDERS = new TableName("app", "orders");
  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final String HISTORY = "0-1-5";
  final SurveyedServer source;
  SurveyedServer target;
  final List<RouteLook> routes = new ArrayList<>();
  final List<NumberBehind> behind = new ArrayList<>();
  Reading<Optional<Duration>> lag = Reading.of(Optional.of(Duration.ofMillis(3)));
  String replicaState = HISTORY;
  List<OwnHealth.Part> own = List.of(new OwnHealth.Part("own database", true, "answers"));
  Reading<Optional<ComparisonResult>> comparison =
      Reading.of(Optional.of(compared(dev.repli.comparison.Verdict.EQUAL, NOW)));
  UnaryOperator<Plan> change = plan -> plan;

  SurveyedPair(String source, String target) {
    FakeDatabase nodes = new FakeDatabase(new VirtualTime());
    this.source = new SurveyedServer(nodes.source().node(), source);
    this.target = new SurveyedServer(nodes.target().node(), target);
    this.target.channel = Optional.of(channel(true, 0, ""));
  }

  /** The usual case: one release on both nodes. */
  static SurveyedPair mariaDb() {
    return new SurveyedPair("11.4.5-MariaDB", "11.4.5-MariaDB");
  }

  static SurveyedPair mysqlToMariaDb() {
    SurveyedPair pair = new SurveyedPair("mysql 9.7.4", "11.8.6-MariaDB");
    pair.source.history = "a-b:1-5";
    return pair;
  }

  static Channel channel(boolean receiving, int ioError, String text) {
    return channel(receiving, true, ioError, text, "No", false);
  }

  static Channel channel(
      boolean receiving, boolean applying, int ioError, String text, String gtid, boolean tls) {
    return new Channel(
        "", from(), "repl", receiving, applying, 1, gtid, tls, false, 0, ioError, text, 0, "",
        Map.of());
  }

  /** As it should be, but for this. */
  static Channel channel(long sourceServerId, long delaySeconds, Map<String, String> filters) {
    return new Channel(
        "",
        from(),
        "repl",
        true,
        true,
        sourceServerId,
        "No",
        false,
        false,
        delaySeconds,
        0,
        "",
        0,
        "",
        filters);
  }

  private static Endpoint from() {
    return new Endpoint("127.0.0.1", 3301);
  }

  static Column column(String name, String type, Optional<String> fallback, String extra) {
    return new Column(ORDERS, name, 1, type, type, true, Optional.empty(), fallback, extra, "");
  }

  static ComparisonResult compared(dev.repli.comparison.Verdict verdict, Instant endedAt) {
    TableResult orders =
        new TableResult(
            new dev.repli.comparison.TableName("app", "orders"),
            verdict,
            TableResult.Method.CHUNKS,
            100,
            List.of(),
            false,
            List.of());
    return new ComparisonResult(
        new ComparisonId("c1"),
        new PlanId("shop"),
        Node.Role.SOURCE,
        Node.Role.TARGET,
        endedAt,
        endedAt,
        List.of(orders));
  }

  /** A route that sends work where it says, and has these facts. */
  void route(RouteSpec spec, Optional<Node.Role> writer, RouteFacts facts) {
    RouteState state = new RouteState(writer, 0, 0, "as seen");
    routes.add(new RouteLook(spec, Reading.of(state), Reading.of(facts)));
  }

  /** The guardrail of that name, asked now. */
  GuardrailResult ask(Guardrail guardrail) {
    return GuardrailResult.of(guardrail.about(), guardrail.check(situation()));
  }

  Situation situation() {
    List<RouteSpec> specs = routes.stream().map(RouteLook::spec).toList();
    Plan plan = change.apply(GuardrailLab.plan(source.node, target.node, specs));
    Following following =
        new Following(
            Reading.of(replicaState),
            Reading.of(HISTORY),
            Reading.of(HISTORY),
            lag,
            Reading.of(List.copyOf(behind)),
            Duration.ofSeconds(5));
    return new Situation(
        plan,
        Node.Role.SOURCE,
        Moment.BEFORE,
        NOW,
        source.survey(),
        target.survey(),
        following,
        comparison,
        Reading.of(own),
        routes);
  }
}

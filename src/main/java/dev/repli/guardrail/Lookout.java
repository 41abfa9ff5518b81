package dev.repli.guardrail;

import dev.repli.comparison.ComparisonResult;
import dev.repli.comparison.TableComparison;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Reading;
import dev.repli.database.survey.Surveys;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.Secrets.UnresolvedSecretException;
import dev.repli.route.ActLog;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import dev.repli.route.Routes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Reads everything that guardrails judge: both nodes and all routes at the same time. */
final class Lookout {
  private final Surveys surveys;
  private final FollowLook follow;
  private final Routes routes;
  private final Optional<TableComparison> comparisons;
  private final Optional<OwnHealth> own;
  private final Executor executor;
  private final Clock clock;

  Lookout(
      Surveys surveys,
      FollowLook follow,
      Routes routes,
      Optional<TableComparison> comparisons,
      Optional<OwnHealth> own,
      Executor executor,
      Clock clock) {
    this.comparisons = comparisons;
    this.own = own;
    this.surveys = surveys;
    this.follow = follow;
    this.routes = routes;
    this.executor = executor;
    this.clock = clock;
  }

  Situation look(Plan plan, Node.Role writer, Moment moment) {
    CompletableFuture<NodeSurvey> source = later(() -> surveys.survey(plan.source(), executor));
    CompletableFuture<NodeSurvey> target = later(() -> surveys.survey(plan.target(), executor));
    List<CompletableFuture<RouteLook>> looks =
        plan.routes().stream().map(spec -> later(() -> look(spec, plan))).toList();
    NodeSurvey now = (writer == Node.Role.SOURCE ? source : target).join();
    Following following = follow.look(plan, writer, now);
    return new Situation(
        plan,
        writer,
        moment,
        clock.instant(),
        source.join(),
        target.join(),
        following,
        comparison(plan, writer),
        own(),
        looks.stream().map(CompletableFuture::join).toList());
  }

  private Reading<Optional<ComparisonResult>> comparison(Plan plan, Node.Role writer) {
    if (comparisons.isEmpty()) {
      return Reading.unreadable("this program keeps no comparisons");
    }
    try {
      return Reading.of(comparisons.get().newest(plan.id(), writer, writer.other()));
    } catch (RuntimeException e) {
      return Reading.unreadable("Repli's own database: " + e.getMessage());
    }
  }

  private Reading<List<OwnHealth.Part>> own() {
    if (own.isEmpty()) {
      return Reading.unreadable("this program has no engine");
    }
    try {
      return Reading.of(own.get().look());
    } catch (RuntimeException e) {
      return Reading.unreadable("Repli's own database: " + e.getMessage());
    }
  }

  /** As long as nobody replicates there is nothing to measure, and routes do not matter yet. */
  Situation lookBeforeReplication(Plan plan) {
    CompletableFuture<NodeSurvey> source = later(() -> surveys.survey(plan.source(), executor));
    CompletableFuture<NodeSurvey> target = later(() -> surveys.survey(plan.target(), executor));
    return new Situation(
        plan,
        Node.Role.SOURCE,
        Moment.BEFORE,
        clock.instant(),
        source.join(),
        target.join(),
        Following.unknown("the target does not replicate yet"),
        Reading.unreadable("there is nothing to compare yet"),
        Reading.unreadable("not asked before a set-up"),
        List.of());
  }

  private <T> CompletableFuture<T> later(Supplier<T> look) {
    return CompletableFuture.supplyAsync(look, executor);
  }

  private RouteLook look(RouteSpec spec, Plan plan) {
    try (RouteSession session = routes.connect(spec, plan, ActLog.NONE)) {
      return new RouteLook(spec, Reading.of(session.look()), Reading.of(session.facts()));
    } catch (RouteException | UnresolvedSecretException e) {
      String why = String.valueOf(e.getMessage());
      return new RouteLook(spec, Reading.unreadable(why), Reading.unreadable(why));
    }
  }
}

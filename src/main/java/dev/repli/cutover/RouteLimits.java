package dev.repli.cutover;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;

import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Journal;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.route.ActLog;
import dev.repli.route.ConnectionLimit;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Lets no crowd of new connections reach the source while it is drained, and gives every route its
 * limit back. The limits before are in the journal before the first of them is changed, and stay
 * what they were there: a lowered one is never taken for the one before.
 */
final class RouteLimits {
  /** The intent: from here on routes may have the lower limits. */
  static final String LOWERED = "LIMITS_LOWERED";

  static final String RESTORED = "LIMITS_RESTORED";

  private static final String NOT_SENT = "dry run: not sent";
  private static final Node.Role OLD_WRITER = Node.Role.SOURCE;

  private final Routes routes;
  private final Journal journal;
  private final CutoverJournal own;

  RouteLimits(Routes routes, Journal journal, CutoverJournal own) {
    this.routes = routes;
    this.journal = journal;
    this.own = own;
  }

  /** What a route allows before and while the source is drained; as kept: {@code 1000 > 14}. */
  private record Change(int before, int lowered) {
    private static final String TO = " > ";

    static Change parse(String text) {
      String[] both = text.split(TO, -1);
      return new Change(Integer.parseInt(both[0]), Integer.parseInt(both[1]));
    }

    @Override
    public String toString() {
      return before + TO + lowered;
    }

    String inWords() {
      return ConnectionLimit.inWords(lowered) + ", before " + ConnectionLimit.inWords(before);
    }
  }

  /** Repeatable: a route that has its lower limit is sent nothing. */
  Findings lower(RunKey run, Plan plan) {
    Map<String, String> changes = standing(run);
    if (changes.isEmpty()) {
      List<Finding> unseen = new ArrayList<>();
      changes = survey(plan, unseen);
      if (!unseen.isEmpty()) {
        return new Findings(unseen);
      }
      if (!changes.isEmpty()) {
        own.note(run, LOWERED, "New connections to the source are about to be limited", changes);
      }
    }
    Findings lowered =
        each(plan, changes, routes, acts(run), (session, change) -> lower(session, change));
    return changes.isEmpty()
        ? new Findings(List.of(note("new connections", "", "no route has a limit to lower")))
        : lowered;
  }

  private static Finding lower(RouteSession session, Change change) {
    if (limit(session) != change.lowered()) {
      session.limit(OLD_WRITER, change.lowered());
    }
    return good("new connections are limited", session.spec().name(), change.inWords());
  }

  /** Writes down what would be sent, there and back. */
  Findings rehearse(RunKey run, Plan plan) {
    List<Finding> unseen = new ArrayList<>();
    Map<String, String> changes = survey(plan, unseen);
    Routes dry =
        routes.dryRun(
            act ->
                journal.append(
                    run, new CommandRun(act.route(), act.command(), Duration.ZERO, NOT_SENT)));
    Findings planned =
        each(
            plan,
            changes,
            dry,
            ActLog.NONE,
            (session, change) -> {
              session.limit(OLD_WRITER, change.lowered());
              session.limit(OLD_WRITER, change.before());
              return note("would be limited", session.spec().name(), change.inWords());
            });
    return new Findings(unseen).and(planned);
  }

  /** {@link #restore}, where this run has lowered something and not given it back since. */
  void restoreWhatStands(RunKey run, Plan plan) {
    if (!standing(run).isEmpty()) {
      own.found(run, CutoverStep.DRAIN, restore(run, plan));
    }
  }

  /**
   * Gives back and reads back. Repeatable. A limit that somebody else has set since is left alone.
   */
  Findings restore(RunKey run, Plan plan) {
    Map<String, String> changes =
        own.newest(run, LOWERED).map(milestone -> milestone.facts()).orElse(Map.of());
    if (changes.isEmpty()) {
      return new Findings(List.of(good("limits restored", "", "none was lowered")));
    }
    boolean standing = !standing(run).isEmpty();
    Findings restored =
        each(
            plan,
            changes,
            routes,
            acts(run),
            (session, change) -> restore(session, change, standing));
    if (standing && restored.good()) {
      own.note(run, RESTORED, "Routes have the limits back that they had before", changes);
    }
    return restored;
  }

  private static Finding restore(RouteSession session, Change change, boolean standing) {
    String what = "limits restored";
    String route = session.spec().name();
    if (limit(session) == change.lowered()) {
      session.limit(OLD_WRITER, change.before());
    }
    if (standing) {
      // the switch made the route keep what it did, the lower limit with it
      session.save();
    }
    int now = limit(session);
    return now == change.before()
        ? good(what, route, ConnectionLimit.inWords(now))
        : note(
            what,
            route,
            "%s now, which somebody else has set; before the cutover %s"
                .formatted(ConnectionLimit.inWords(now), ConnectionLimit.inWords(change.before())));
  }

  private static int limit(RouteSession session) {
    return session.limit(OLD_WRITER).map(ConnectionLimit::atMost).orElse(ConnectionLimit.NONE);
  }

  /** What this run has lowered and not given back yet, by route. */
  private Map<String, String> standing(RunKey run) {
    return own.newest(run, LOWERED, RESTORED)
        .filter(newest -> newest.name().equals(LOWERED))
        .map(newest -> newest.facts())
        .orElse(Map.of());
  }

  /** What there is to lower, by route; changes nothing. */
  private Map<String, String> survey(Plan plan, List<Finding> unseen) {
    Map<String, String> changes = new TreeMap<>();
    for (RouteSpec spec : plan.routes()) {
      try (RouteSession session = routes.connect(spec, plan, ActLog.NONE)) {
        change(session).ifPresent(it -> changes.put(spec.name(), it.toString()));
      } catch (RouteException e) {
        unseen.add(bad("look at the limit", spec.name(), said(e)));
      }
    }
    return changes;
  }

  private static Optional<Change> change(RouteSession session) {
    return session
        .limit(OLD_WRITER)
        .flatMap(
            now -> {
              OptionalInt lowered = now.lowered();
              return lowered.isPresent()
                  ? Optional.of(new Change(now.atMost(), lowered.getAsInt()))
                  : Optional.empty();
            });
  }

  /** What is done with one route. */
  private interface Deed {
    Finding on(RouteSession session, Change change);
  }

  private static Findings each(
      Plan plan, Map<String, String> changes, Routes routes, ActLog log, Deed deed) {
    List<Finding> findings = new ArrayList<>();
    for (RouteSpec spec : plan.routes()) {
      Function<String, Finding> doing =
          change -> {
            try (RouteSession session = routes.connect(spec, plan, log)) {
              return deed.on(session, Change.parse(change));
            } catch (RouteException e) {
              return bad("limit new connections", spec.name(), said(e));
            }
          };
      Optional.ofNullable(changes.get(spec.name())).map(doing).ifPresent(findings::add);
    }
    return new Findings(findings);
  }

  private ActLog acts(RunKey run) {
    return (route, command, took, outcome) ->
        journal.append(run, new CommandRun(route, command, took, outcome));
  }

  private static String said(RouteException e) {
    return String.valueOf(e.getMessage());
  }
}

package dev.repli.reads;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.good;

import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.route.ActLog;
import dev.repli.route.ReadSpread;
import dev.repli.route.ReadWeights;
import dev.repli.route.RouteException;
import dev.repli.route.RouteSession;
import dev.repli.route.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The routes of a plan that spread reads.
 *
 * @param routes real ones, or those of a dry run
 * @param log told of every command
 */
record ReadRoutes(Routes routes, ActLog log) {

  /** What each route that spreads reads does now, by its name; the others are left out. */
  record Survey(Map<String, ReadSpread> spreads, Findings findings) {}

  /** Changes nothing. */
  Survey look(Plan plan) {
    Map<String, ReadSpread> spreads = new TreeMap<>();
    List<Finding> findings = new ArrayList<>();
    for (RouteSpec spec : plan.routes()) {
      try (RouteSession session = routes.connect(spec, plan, ActLog.NONE)) {
        session.reads().ifPresent(spread -> spreads.put(spec.name(), spread));
      } catch (RouteException e) {
        findings.add(bad("look at the readers", spec.name(), said(e)));
      }
    }
    return new Survey(spreads, new Findings(findings));
  }

  /** Gives the target its share on each route, as weights were before; only where it has not. */
  Findings spread(Plan plan, Map<String, String> before, UnaryOperator<ReadWeights> change) {
    return each(
        plan,
        before,
        session -> {
          ReadWeights wanted =
              change.apply(ReadWeights.parse(before.getOrDefault(session.spec().name(), "")));
          Optional<ReadSpread> now = session.reads();
          if (now.isEmpty() || !wanted.holdIn(now.get().weights())) {
            session.spreadReads(wanted);
          }
          return good("share of the target", session.spec().name(), shown(wanted));
        });
  }

  /** Makes each route keep what it does. */
  Findings save(Plan plan, Map<String, String> before) {
    return each(
        plan,
        before,
        session -> {
          session.save();
          return good("configuration saved", session.spec().name(), "as far as the route can");
        });
  }

  private Findings each(
      Plan plan, Map<String, String> before, Function<RouteSession, Finding> doing) {
    List<Finding> findings = new ArrayList<>();
    for (RouteSpec spec : taking(plan, before)) {
      try (RouteSession session = routes.connect(spec, plan, log)) {
        findings.add(doing.apply(session));
      } catch (RouteException e) {
        findings.add(bad("spread reads", spec.name(), said(e)));
      }
    }
    return new Findings(findings);
  }

  /** Those that took part when the run began. */
  static List<RouteSpec> taking(Plan plan, Map<String, String> before) {
    return plan.routes().stream().filter(spec -> before.containsKey(spec.name())).toList();
  }

  static String shown(ReadWeights weights) {
    return String.format(Locale.ROOT, "%.1f %% (%s)", weights.targetShare(), weights);
  }

  private static String said(RouteException e) {
    return String.valueOf(e.getMessage());
  }
}

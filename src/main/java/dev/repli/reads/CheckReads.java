package dev.repli.reads;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;

import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.route.ReadSpread;
import dev.repli.run.RunKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has to be true before reads are measured and moved; keeps the weights as they are. */
public final class CheckReads {
  private final ReaderNodes nodes;
  private final ReadRoutes routes;
  private final ReadsJournal journal;

  CheckReads(ReaderNodes nodes, ReadRoutes routes, ReadsJournal journal) {
    this.nodes = nodes;
    this.routes = routes;
    this.journal = journal;
  }

  /** Changes nothing. */
  public Findings check(RunKey run, Plan plan) {
    ReadRoutes.Survey survey = routes.look(plan);
    Findings findings =
        nodes
            .look(plan)
            .findings()
            .and(survey.findings())
            .and(new Findings(judge(plan, survey.spreads())));
    if (findings.good()) {
      Map<String, String> before = new LinkedHashMap<>();
      survey.spreads().forEach((route, spread) -> before.put(route, spread.weights().toString()));
      journal.note(run, ReadsJournal.BEFORE, "Kept the weights as they are", before);
    }
    return journal.found(
        run,
        ReadsStep.PREPARATION,
        findings,
        findings.good() ? "nothing in the way" : "in the way are " + findings.problems());
  }

  private static List<Finding> judge(Plan plan, Map<String, ReadSpread> spreads) {
    if (spreads.isEmpty()) {
      return List.of(
          bad(
              "routes that spread reads",
              "",
              "none: that needs ProxySQL, or HAProxy with a readBackend"));
    }
    List<Finding> findings = new ArrayList<>();
    for (RouteSpec spec : plan.routes()) {
      ReadSpread spread = spreads.get(spec.name());
      if (spread != null) {
        findings.addAll(judge(spec, spread));
      }
    }
    return findings;
  }

  private static List<Finding> judge(RouteSpec spec, ReadSpread spread) {
    String where = spec.name();
    double share = spread.weights().targetShare();
    return List.of(
        expect(spread.targetReady(), "the target can be sent reads", where, spread.detail()),
        expect(
            spread.weights().hasOthers(),
            "other readers have a weight",
            where,
            ReadRoutes.shown(spread.weights())),
        expect(
            spec.readEndpoint().isPresent(),
            "the probe can read through it",
            where,
            spec.readEndpoint()
                .map(at -> "at " + at.address())
                .orElse("the plan names neither endpoint nor readEndpoint")),
        share == 0
            ? good("share of the target", where, "0 %")
            : note("share of the target", where, ReadRoutes.shown(spread.weights())));
  }
}

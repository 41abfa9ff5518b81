package dev.repli.cutover;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.Facts;
import dev.repli.journal.Journal;
import dev.repli.journal.Ledger;
import dev.repli.journal.Ledgers;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Looks;
import dev.repli.rollback.PlanChecks;
import dev.repli.rollback.ReverseStream;
import dev.repli.route.RouteSession.RouteState;
import dev.repli.run.RunKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Proves by reading back that the cutover happened, lost nothing, and can be undone. */
public final class VerifyCutover {
  private final Looks looks;
  private final PlanChecks checks;
  private final RouteLimits limits;
  private final SaveRoutes save;
  private final ReverseStream stream;
  private final Journal journal;
  private final CutoverJournal own;

  VerifyCutover(
      Looks looks,
      PlanChecks checks,
      RouteLimits limits,
      SaveRoutes save,
      ReverseStream stream,
      Journal journal,
      CutoverJournal own) {
    this.looks = looks;
    this.checks = checks;
    this.limits = limits;
    this.save = save;
    this.stream = stream;
    this.journal = journal;
    this.own = own;
  }

  /** Changes nothing but that routes get their limits back and save what they do. */
  public Findings verify(RunKey run, Plan plan) {
    Map<String, String> before =
        own.newest(run, AnnounceCutover.BEFORE).map(kept -> kept.facts()).orElse(Map.of());
    Findings findings =
        limits
            .restore(run, plan)
            .and(looks.atBoth(plan, (source, target) -> nodes(plan, before, source, target)))
            .and(looks.atRoutes(plan, VerifyCutover::route))
            .and(save.save(plan))
            .and(new Findings(ledger(run)));
    return own.found(run, CutoverStep.VERIFICATION, findings);
  }

  private List<Finding> nodes(
      Plan plan, Map<String, String> before, NodeSession source, NodeSession target) {
    List<Finding> findings = new ArrayList<>();
    Facts old = source.look();
    Facts now = target.look();
    findings.add(good("version", target.node().label(), now.version()));
    findings.add(
        expect(
            old.readOnly() && !now.readOnly(),
            "exactly one writer, the target",
            "",
            "source " + state(old) + ", target " + state(now)));
    Clients left = Clients.on(source, plan);
    findings.add(
        expect(left.none(), "no client on the source", source.node().label(), left.inWords()));
    findings.addAll(Events.exactlyOnce(before, old, now, source, target));
    findings.add(limit(before, "sourceMaxConnections", old, source));
    findings.add(limit(before, "targetMaxConnections", now, target));
    findings.addAll(stream.inspect(plan, source, target));
    findings.addAll(checks.queries(plan, target));
    return findings;
  }

  private static String state(Facts facts) {
    return facts.readOnly() ? "read only" : "writable";
  }

  private static Finding limit(
      Map<String, String> before, String key, Facts facts, NodeSession node) {
    String was = before.getOrDefault(key, "unknown");
    String is = AnnounceCutover.limit(facts);
    return expect(
        is.equals(was),
        "max_connections as before",
        node.node().label(),
        is.equals(was) ? is : is + ", before the cutover " + was);
  }

  private static List<Finding> route(RouteSpec spec, RouteState state) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        expect(
            state.writer().filter(Node.Role.TARGET::equals).isPresent(),
            "sends work to the target",
            spec.name(),
            state.detail()));
    int left = state.sessionsOnSource();
    findings.add(
        left < 0
            ? note("sessions on the source", spec.name(), "this route cannot tell")
            : expect(left == 0, "no sessions on the source", spec.name(), left + " sessions"));
    return findings;
  }

  private List<Finding> ledger(RunKey run) {
    return new Ledgers(journal)
        .find(run)
        .map(signed -> counts(signed.ledger()))
        .orElse(List.of(bad("ledger", "journal", "the switch left none")));
  }

  private static List<Finding> counts(Ledger ledger) {
    if (!ledger.probed()) {
      return List.of(
          note("ledger", "journal", "the plan switches the probe off; it proves nothing"));
    }
    String of = " of " + ledger.acknowledged() + " acknowledged writes";
    return List.of(
        expect(ledger.acknowledged() > 0, "traffic through the routes", "journal", "writes" + of),
        expect(ledger.lost() == 0, "lost writes", "journal", ledger.lost() + of),
        expect(ledger.duplicated() == 0, "duplicated writes", "journal", ledger.duplicated() + of));
  }
}

package dev.repli.rollback;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.Facts;
import dev.repli.journal.Journal;
import dev.repli.journal.Ledger;
import dev.repli.journal.Ledgers;
import dev.repli.plan.Machine;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RouteSession.RouteState;
import dev.repli.run.RunKey;
import java.util.ArrayList;
import java.util.List;

/** Step 4: proves by reading back that the rollback happened and lost nothing. */
final class VerifyRollback implements RollbackStep {
  private final Looks looks;
  private final PlanChecks checks;
  private final Journal journal;

  VerifyRollback(Looks looks, PlanChecks checks, Journal journal) {
    this.looks = looks;
    this.checks = checks;
    this.journal = journal;
  }

  @Override
  public StepName name() {
    return StepName.VERIFICATION;
  }

  @Override
  public Findings perform(StepRequest request) {
    Plan plan = request.plan();
    Node writer = request.writer();
    Findings routes = looks.atRoutes(plan, (spec, state) -> route(spec, state, writer.role()));
    return request.inPlace()
        ? inPlace(request).and(routes)
        : looks
            .atBoth(plan, (source, target) -> nodes(plan, source, target))
            .and(routes)
            .and(new Findings(ledger(request.run())));
  }

  private Findings inPlace(StepRequest request) {
    Plan plan = request.plan();
    String before =
        request
            .writer()
            .machine()
            .flatMap(Machine::previous)
            .map(Machine.Previous::version)
            .orElse("unknown");
    return looks
        .atNode(plan, request.writer(), node -> upgraded(plan, node, before))
        .and(new OtherNode(looks).mustNotWrite(plan, request.other()));
  }

  private List<Finding> upgraded(Plan plan, NodeSession node, String before) {
    List<Finding> findings = new ArrayList<>();
    Facts facts = node.look();
    String where = node.node().label();
    findings.add(
        expect(isRelease(facts.version(), before), "is " + before, where, facts.version()));
    findings.add(expect(!facts.readOnly(), "accepts application writes", where, state(facts)));
    findings.addAll(checks.queries(plan, node));
    return findings;
  }

  /** The plan names a series (10.11) or one release of it (10.11.18). */
  private static boolean isRelease(String version, String wanted) {
    return version.equals(wanted)
        || version.startsWith(wanted + ".")
        || version.startsWith(wanted + "-");
  }

  private List<Finding> nodes(Plan plan, NodeSession source, NodeSession target) {
    List<Finding> findings = new ArrayList<>();
    Facts back = source.look();
    Facts old = target.look();
    findings.add(good("version", source.node().label(), back.version()));
    findings.add(
        expect(
            !back.readOnly() && old.readOnly(),
            "exactly one writer, the source",
            "",
            "source " + state(back) + ", target " + state(old)));
    List<String> writing = target.openTransactions();
    findings.add(
        expect(
            writing.isEmpty(),
            "no write transaction of a client",
            target.node().label(),
            writing.isEmpty() ? "none" : String.join(", ", writing)));
    findings.addAll(checks.queries(plan, source));
    return findings;
  }

  private static String state(Facts facts) {
    return facts.readOnly() ? "read only" : "writable";
  }

  private static List<Finding> route(RouteSpec spec, RouteState state, Node.Role writer) {
    boolean there = state.writer().filter(writer::equals).isPresent();
    Node.Role other = writer.other();
    List<Finding> findings = new ArrayList<>();
    findings.add(expect(there, "sends work to the " + writer.word(), spec.name(), state.detail()));
    int left = state.sessionsOn(other);
    String what = "no sessions on the " + other.word();
    findings.add(
        left < 0
            ? note("sessions on the " + other.word(), spec.name(), "this route cannot tell")
            : expect(left == 0, what, spec.name(), left + " sessions"));
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
        expect(ledger.lost() == 0, "lost writes", "journal", ledger.lost() + of),
        expect(ledger.duplicated() == 0, "duplicated writes", "journal", ledger.duplicated() + of));
  }
}

package dev.repli.rollback;

import static dev.repli.rollback.Finding.expect;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;

import dev.repli.approval.Approval;
import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.Facts;
import dev.repli.database.NodeSession.FenceRisk;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.route.RouteSession.RouteState;
import dev.repli.run.RunKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Gathers the evidence for the decision and writes it into the journal. Changes nothing. */
public final class AssessRollback {
  private final Looks looks;
  private final PlanChecks checks;
  private final StepJournal journal;
  private final ApprovedWithCutover approved;
  private final ReverseStream stream;

  AssessRollback(
      Looks looks,
      PlanChecks checks,
      ApprovedWithCutover approved,
      ReverseStream stream,
      StepJournal journal) {
    this.approved = approved;
    this.stream = stream;
    this.looks = looks;
    this.checks = checks;
    this.journal = journal;
  }

  /**
   * @param otherWay the way that is proposed; empty for replication, which is looked at here
   */
  public Assessment assess(RunKey run, Plan plan, Optional<ProposedWay> otherWay) {
    return assess(
        run,
        plan,
        looks.atBoth(plan, (source, target) -> nodes(plan, source, target, otherWay)),
        otherWay);
  }

  /**
   * Before the release before comes back in place: the other node may be gone, and somebody may
   * have fenced this one already.
   */
  public Assessment assessInPlace(RunKey run, Plan plan, ProposedWay way) {
    StepRequest after = new StepRequest(run, plan, false, true);
    Findings node =
        looks.atNode(
            plan, after.writer(), writer -> List.of(asNote(writer(writer, false)), way.found()));
    return assess(
        run,
        plan,
        node.and(new OtherNode(looks).mustNotWrite(plan, after.other())),
        Optional.of(way));
  }

  private Assessment assess(RunKey run, Plan plan, Findings nodes, Optional<ProposedWay> otherWay) {
    // the cutover's certificate has proved this way, and no other
    Optional<Approval> given =
        otherWay.isEmpty() ? approved.find(run, plan) : Optional.<Approval>empty();
    Findings findings =
        nodes
            .and(looks.atRoutes(plan, AssessRollback::route))
            .and(new Findings(given.map(AssessRollback::approval).stream().toList()));
    Assessment assessment =
        new Assessment(
            findings,
            otherWay.map(AssessRollback::time).orElseGet(() -> estimate(plan)),
            otherWay.map(AssessRollback::loss).orElse(Assessment.AT_THE_POSITION),
            given.isPresent());
    journal.found(run, StepName.ASSESSMENT, findings);
    return assessment;
  }

  private List<Finding> nodes(
      Plan plan, NodeSession source, NodeSession target, Optional<ProposedWay> otherWay) {
    List<Finding> findings = new ArrayList<>();
    findings.add(writer(target, false));
    findings.add(writer(source, true));
    findings.addAll(
        otherWay
            .map(way -> List.of(way.found()))
            .orElseGet(() -> stream.inspect(plan, source, target)));
    target.fenceRisks().stream().map(risk -> fenceRisk(target, risk)).forEach(findings::add);
    // the plan's expectations hold after the rollback; before it they can only warn
    checks.queries(plan, source).stream().map(AssessRollback::asNote).forEach(findings::add);
    return findings;
  }

  private static Finding writer(NodeSession session, boolean fenced) {
    Facts facts = session.look();
    return expect(
        facts.readOnly() == fenced,
        fenced ? "refuses application writes" : "accepts application writes",
        session.node().label(),
        NodeVersions.state(facts));
  }

  private static Finding fenceRisk(NodeSession target, FenceRisk risk) {
    String kind = risk.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String what = "against the fence: " + kind;
    String found = risk.who() + ", " + risk.detail();
    return risk.blocks()
        ? Finding.bad(what, target.node().label(), found)
        : note(what, target.node().label(), found);
  }

  private static Finding approval(Approval given) {
    return note(
        "approved with the cutover",
        "run " + given.run(),
        "by " + given.who() + " at " + given.at() + "; counts while nothing acknowledged is lost");
  }

  private static Finding asNote(Finding finding) {
    return finding.verdict() == Verdict.BAD
        ? note(finding.what(), finding.where(), finding.found())
        : finding;
  }

  private static List<Finding> route(RouteSpec spec, RouteState state) {
    boolean onTarget = state.writer().filter(Node.Role.TARGET::equals).isPresent();
    return List.of(
        onTarget
            ? good("sends work to the target", spec.name(), state.detail())
            : note("does not send work to the target", spec.name(), state.detail()));
  }

  private static String time(ProposedWay way) {
    return way.takes().isEmpty()
        ? "nobody can say how long it takes"
        : EvidenceTable.warning(way.takes());
  }

  private static String loss(ProposedWay way) {
    return way.loses().isEmpty()
        ? "Nobody can say what is lost."
        : "Lost: " + EvidenceTable.warning(way.loses()) + ".";
  }

  /** Of a switch of the writer, both nodes at work. */
  private static String estimate(Plan plan) {
    return "Moving the writer: at most %s, of which at most %s without a writer; all six steps: %s."
        .formatted(
            Words.of(plan.steps().execution()),
            Words.of(plan.budgets().writeOutage()),
            Words.of(plan.budgets().wholeRun()));
  }
}

package dev.repli.cutover;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;
import static dev.repli.rollback.Finding.risk;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.NodeSession.Facts;
import dev.repli.database.NodeSession.FenceRisk;
import dev.repli.database.NodeSession.Replication;
import dev.repli.guardrail.GuardrailReport;
import dev.repli.guardrail.GuardrailResult;
import dev.repli.guardrail.Guardrails;
import dev.repli.guardrail.Moment;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Looks;
import dev.repli.rollback.NodeVersions;
import dev.repli.route.RouteSession.RouteState;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What has to be true before people are asked: who writes, who follows, what the routes do. */
public final class CheckGuardrails {
  private static final Duration REACH = Duration.ofSeconds(5);
  static final String CHECKED = "CUTOVER_GUARDRAILS";
  static final String TO_BE_NAMED = "toBeNamed";
  private final Looks looks;
  private final Optional<Guardrails> guardrails;
  private final CutoverJournal journal;

  CheckGuardrails(Looks looks, Optional<Guardrails> guardrails, CutoverJournal journal) {
    this.looks = looks;
    this.guardrails = guardrails;
    this.journal = journal;
  }

  /** Changes nothing. Takes some 10 ms, at most 5 s more when the target does not follow. */
  public Checked check(RunKey run, Plan plan) {
    Findings findings =
        looks
            .atBoth(plan, CheckGuardrails::nodes)
            .and(looks.atRoutes(plan, CheckGuardrails::route));
    Optional<GuardrailReport> report =
        guardrails.map(all -> all.check(run, plan, Node.Role.SOURCE, Moment.BEFORE));
    Findings all =
        findings.and(
            new Findings(
                report.map(GuardrailReport::results).map(CheckGuardrails::told).orElse(List.of())));
    List<String> toBeNamed = report.map(GuardrailReport::toBeNamed).orElse(List.of());
    journal.note(
        run,
        CHECKED,
        report.map(GuardrailReport::summary).orElse("looked at nodes and routes"),
        Map.of(TO_BE_NAMED, String.join(",", toBeNamed)));
    return new Checked(journal.found(run, CutoverStep.DECISION, all), toBeNamed);
  }

  /**
   * What was found.
   *
   * @param toBeNamed guardrails that warn; an approval has to name each
   */
  public record Checked(Findings findings, List<String> toBeNamed) {
    public Checked {
      toBeNamed = List.copyOf(toBeNamed);
    }
  }

  /** Guardrails as findings. */
  static List<Finding> told(List<GuardrailResult> results) {
    return results.stream().map(CheckGuardrails::told).toList();
  }

  private static Finding told(GuardrailResult result) {
    String mend = result.about().mend();
    return switch (result.status()) {
      case RED -> bad(result.name(), "guardrail", result.found() + ". " + mend);
      case AMBER -> risk(result.name(), "guardrail", result.found() + ". " + mend);
      case ACCEPTED ->
          risk(result.name(), "guardrail", result.found() + ". " + result.evidence().get(0));
      case MENDED -> note(result.name(), "guardrail", result.found());
      case GREEN -> good(result.name(), "guardrail", result.found());
    };
  }

  private static List<Finding> nodes(NodeSession source, NodeSession target) {
    List<Finding> findings = new ArrayList<>();
    findings.add(writer(source, false));
    findings.add(writer(target, true));
    findings.addAll(follows(source, target));
    source.fenceRisks().stream().map(risk -> fenceRisk(source, risk)).forEach(findings::add);
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

  private static List<Finding> follows(NodeSession source, NodeSession target) {
    String where = target.node().label();
    Replication stream = target.replication();
    if (!stream.configured()) {
      return List.of(bad("replication from the source", where, "not set up"));
    }
    String error = stream.error().isEmpty() ? "" : ": " + stream.error();
    long wanted = source.look().serverId();
    CatchUp reached = target.waitFor(source.positionFor(target.node()), REACH);
    return List.of(
        expect(
            stream.receiving() && stream.applying(),
            "receives and applies changes",
            where,
            "receives: " + stream.receiving() + ", applies: " + stream.applying() + error),
        expect(
            stream.sourceServerId() == wanted,
            "replicates from the source",
            where,
            "server id " + stream.sourceServerId() + ", the source has " + wanted),
        reached instanceof CatchUp.Reached in
            ? good("reaches the source's position", where, in.took().toMillis() + " ms")
            : bad("reaches the source's position", where, ((CatchUp.NotReached) reached).why()));
  }

  private static Finding fenceRisk(NodeSession source, FenceRisk risk) {
    String what =
        "against the fence: " + risk.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String found = risk.who() + ", " + risk.detail();
    return risk.blocks()
        ? bad(what, source.node().label(), found)
        : note(what, source.node().label(), found);
  }

  private static List<Finding> route(RouteSpec spec, RouteState state) {
    return List.of(
        expect(
            state.writer().filter(Node.Role.SOURCE::equals).isPresent(),
            "sends work to the source",
            spec.name(),
            state.detail()));
  }
}

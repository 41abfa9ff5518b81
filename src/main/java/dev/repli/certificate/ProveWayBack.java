package dev.repli.certificate;

import dev.repli.database.NodeSession;
import dev.repli.database.PlannedAct;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.journal.Journal;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Looks;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the certificate of the way back and keeps it in the journal. */
public final class ProveWayBack {
  static final String GREEN = "WAY_BACK_PROVED";
  static final String RED = "WAY_BACK_NOT_PROVED";
  static final String PLAN_HASH = "planVersion";

  private final Looks looks;
  private final List<Proof> looking;
  private final List<Proof> acting;
  private final PlannedCanary planned;
  private final Journal journal;
  private final Clock clock;

  /**
   * @param looking proofs that only look, which is all that a dry run makes
   * @param acting proofs that write rows of their own
   * @param planned what a dry run says instead of those
   */
  ProveWayBack(
      Looks looks,
      List<Proof> looking,
      List<Proof> acting,
      PlannedCanary planned,
      Journal journal,
      Clock clock) {
    this.looks = looks;
    this.looking = List.copyOf(looking);
    this.acting = List.copyOf(acting);
    this.planned = planned;
    this.journal = journal;
    this.clock = clock;
  }

  /** Makes every proof; takes some 100 ms, at most about 20 s when nothing arrives. */
  public Certificate prove(RunKey run, Plan plan, boolean dryRun) {
    Findings findings =
        looks.atBoth(plan, (source, target) -> inspect(run, plan, dryRun, source, target));
    Certificate certificate = new Certificate(clock.instant(), findings);
    keep(run, plan, certificate);
    return certificate;
  }

  private List<Finding> inspect(
      RunKey run, Plan plan, boolean dryRun, NodeSession source, NodeSession target) {
    boolean onSource = !source.isFenced();
    if (onSource != target.isFenced()) {
      return List.of(
          Finding.bad("exactly one writer", "", onSource ? "both accept writes" : "nobody does"));
    }
    Situation now =
        new Situation(plan, source, target, onSource ? Node.Role.SOURCE : Node.Role.TARGET);
    List<Finding> findings = new ArrayList<>(inspect(looking, now));
    findings.addAll(dryRun ? List.of(plan(run, now)) : inspect(acting, now));
    return findings;
  }

  private static List<Finding> inspect(List<Proof> proofs, Situation now) {
    return proofs.stream().flatMap(proof -> proof.inspect(now).stream()).toList();
  }

  private Finding plan(RunKey run, Situation now) {
    List<PlannedAct> acts = planned.acts(now);
    acts.forEach(
        act ->
            journal.append(
                run,
                new StatementRun(act.node(), act.statement(), Duration.ZERO, "dry run: not sent")));
    return PlannedCanary.notTried(acts);
  }

  private void keep(RunKey run, Plan plan, Certificate certificate) {
    List<Evidence> evidence = new ArrayList<>();
    for (Finding finding : certificate.findings().all()) {
      evidence.add(
          new Measured(finding.what(), finding.where(), finding.found(), finding.verdict().name()));
    }
    String text =
        certificate.green()
            ? "The way back is proved: "
                + certificate.findings().all().size()
                + " things looked at, none in the way"
            : "The way back is not proved: " + certificate.findings().problems();
    evidence.add(
        new Milestone(
            certificate.green() ? GREEN : RED, text, Map.of(PLAN_HASH, plan.contentHash())));
    journal.appendAll(run, evidence);
  }
}

package dev.repli.certificate;

import dev.repli.database.NodeSession;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Looks;
import dev.repli.run.RunKey;
import java.time.Clock;
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
  private final List<Proof> all;
  private final Journal journal;
  private final Clock clock;

  /**
   * @param looking proofs that only look, which is all that a dry run makes
   * @param acting proofs that write rows of their own
   */
  ProveWayBack(Looks looks, List<Proof> looking, List<Proof> acting, Journal journal, Clock clock) {
    this.looks = looks;
    this.looking = List.copyOf(looking);
    this.all = new ArrayList<>(looking);
    this.all.addAll(acting);
    this.journal = journal;
    this.clock = clock;
  }

  /** Makes every proof; takes some 100 ms, at most about 20 s when nothing arrives. */
  public Certificate prove(RunKey run, Plan plan, boolean dryRun) {
    List<Proof> proofs = dryRun ? looking : all;
    Findings findings =
        looks.atBoth(plan, (source, target) -> inspect(proofs, plan, source, target));
    Certificate certificate = new Certificate(clock.instant(), findings);
    keep(run, plan, certificate);
    return certificate;
  }

  private static List<Finding> inspect(
      List<Proof> proofs, Plan plan, NodeSession source, NodeSession target) {
    boolean onSource = !source.isFenced();
    if (onSource != target.isFenced()) {
      return List.of(
          Finding.bad("exactly one writer", "", onSource ? "both accept writes" : "nobody does"));
    }
    Situation now =
        new Situation(plan, source, target, onSource ? Node.Role.SOURCE : Node.Role.TARGET);
    return proofs.stream().flatMap(proof -> proof.inspect(now).stream()).toList();
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

package dev.repli.reads;

import dev.repli.journal.Journal;
import dev.repli.plan.Plan;
import dev.repli.rollback.Announcements;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.route.Routes;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The end of a run: the share is proved by counting where reads were answered, and every route
 * keeps its weights over a restart.
 */
public final class ProveReads {
  /** So many windows may pass before too few reads are a failure. */
  private static final int PATIENCE = 3;

  private final LookAtReads looks;
  private final Routes routes;
  private final ReadProbe probe;
  private final ReadsGauges gauges;
  private final Journal journal;
  private final ReadsJournal own;
  private final Clock clock;

  ProveReads(
      LookAtReads looks,
      Routes routes,
      ReadProbe probe,
      ReadsGauges gauges,
      Journal journal,
      ReadsJournal own,
      Clock clock) {
    this.looks = looks;
    this.routes = routes;
    this.probe = probe;
    this.gauges = gauges;
    this.journal = journal;
    this.own = own;
    this.clock = clock;
  }

  /** Whether it is proved. */
  public enum State {
    /** Too few reads yet. */
    COUNTING,
    PROVED,
    NOT_PROVED
  }

  /** What was counted. */
  public record Proof(State state, Findings findings) {}

  public Instant deadline(Plan plan) {
    return clock.instant().plus(plan.reads().probe().window().multipliedBy(PATIENCE));
  }

  /** One look. */
  public Proof look(RunKey run, Plan plan, ReadsProgress at, Instant deadline) {
    LookAtReads.Evidence seen = looks.gather(run, plan, at);
    if (!seen.full() && clock.instant().isBefore(deadline)) {
      return new Proof(State.COUNTING, seen.findings());
    }
    Findings findings = new Findings(counted(at, seen)).and(saved(run, plan));
    own.found(
        run,
        ReadsStep.PROOF,
        findings,
        findings.good() ? "proved" : "not proved: " + findings.problems());
    if (!findings.good()) {
      return new Proof(State.NOT_PROVED, findings);
    }
    close(run, plan, at);
    return new Proof(State.PROVED, findings);
  }

  /**
   * What was a doubt while the share was held is a failure of the proof; at 0 nobody reads there.
   */
  private static List<Finding> counted(ReadsProgress at, LookAtReads.Evidence seen) {
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : seen.findings().all()) {
      boolean counts = finding.what().startsWith("share of the target, counted");
      if (counts || at.percent() > 0) {
        findings.add(
            finding.verdict() == Finding.Verdict.RISK
                ? Finding.bad(finding.what(), finding.where(), finding.found())
                : finding);
      }
    }
    if (findings.stream().noneMatch(it -> it.what().startsWith("share of the target, counted"))) {
      findings.add(Finding.bad("share of the target, counted", "", "too few reads to count"));
    }
    return findings;
  }

  private Findings saved(RunKey run, Plan plan) {
    return new ReadRoutes(routes, own.acts(run))
        .save(plan, own.newest(run, ReadsJournal.BEFORE).orElse(Map.of()));
  }

  private void close(RunKey run, Plan plan, ReadsProgress at) {
    own.note(
        run,
        ReadsJournal.PROVED,
        "Counted: the target answers " + at.percent() + " % of the reads",
        Map.of("percent", Integer.toString(at.percent())));
    Announcements.in(journal, false)
        .announce(
            run,
            "%s now answers %d %% of the reads of %s."
                .formatted(plan.target().label(), at.percent(), plan.title()));
    probe.end(run);
    gauges.end(plan.id());
  }
}

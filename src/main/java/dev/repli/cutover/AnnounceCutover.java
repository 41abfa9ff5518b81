package dev.repli.cutover;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.Facts;
import dev.repli.journal.Journal;
import dev.repli.plan.Plan;
import dev.repli.rollback.Announcements;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Looks;
import dev.repli.rollback.NodeVersions;
import dev.repli.rollback.Words;
import dev.repli.run.RunKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says that the cutover begins, and keeps what has to be the same afterwards. */
public final class AnnounceCutover {
  static final String BEFORE = "BEFORE_CUTOVER";
  private static final String BASELINE = "BASELINE_RECORDED";
  private final Looks looks;
  private final Journal journal;
  private final CutoverJournal own;
  private final MeasureNormal normal;

  AnnounceCutover(Looks looks, Journal journal, CutoverJournal own, MeasureNormal normal) {
    this.normal = normal;
    this.looks = looks;
    this.journal = journal;
    this.own = own;
  }

  /** Repeatable: what was before is kept once. */
  public Findings announce(RunKey run, Plan plan, boolean dryRun) {
    keepNormal(run, plan);
    Findings before = looks.atBoth(plan, (source, target) -> keep(run, source, target));
    Map<String, String> facts = new HashMap<>(new NodeVersions(journal).facts(run, plan));
    facts.put(Announcements.MESSAGE, "cutover-begun");
    facts.put("fromNode", plan.source().label());
    facts.put("toNode", plan.target().label());
    facts.put("expectedMs", Long.toString(plan.budgets().writeOutage().toMillis()));
    Announcements.in(journal, dryRun)
        .announce(
            run,
            "Cutover of %s begins; the writer moves from %s to %s, at most %s without a writer."
                .formatted(
                    plan.title(),
                    plan.source().label(),
                    plan.target().label(),
                    Words.of(plan.budgets().writeOutage())),
            facts);
    return own.found(run, CutoverStep.DRAIN, before);
  }

  /** Measured before anything changes. Without it, criteria compare with what the plan states. */
  private void keepNormal(RunKey run, Plan plan) {
    if (own.newest(run, BASELINE).isPresent()) {
      return;
    }
    Map<String, String> measured = normal.measure(plan);
    if (!measured.isEmpty()) {
      own.note(run, BASELINE, "Kept what is normal before the cutover: " + measured, measured);
    }
  }

  private List<Finding> keep(RunKey run, NodeSession source, NodeSession target) {
    Facts facts = source.look();
    Map<String, String> before =
        Map.of(
            "events", String.join(",", facts.enabledEvents()),
            "eventsOn", Boolean.toString(facts.eventsOn()),
            "sourceMaxConnections", limit(facts),
            "targetMaxConnections", limit(target.look()));
    if (own.newest(run, BEFORE).isEmpty()) {
      own.note(run, BEFORE, "Kept what has to be the same after the cutover", before);
    }
    return List.of(Finding.good("state before the cutover", "journal", "kept"));
  }

  static String limit(Facts facts) {
    return facts.variables().getOrDefault("max_connections", "unknown");
  }
}

package dev.repli.triage;

import dev.repli.criteria.EvaluateCriteria;
import dev.repli.criteria.Judgement;
import dev.repli.criteria.Reading;
import dev.repli.monitor.PairState;
import dev.repli.plan.Plan;
import dev.repli.rollback.EvidenceTable;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes the evidence: metrics against the baseline, replication, and what ran before. */
public final class RecordIncident {
  private static final int RECENT = 4;
  private static final int LOOKED_AT = 20;
  private final EvaluateCriteria criteria;
  private final Function<Plan, Optional<PairState>> replication;

  /** Asked for when needed: the register itself needs the engine that the steps are part of. */
  private final Supplier<Runs> runs;

  private final TriageJournal journal;

  /**
   * @param replication what the monitor saw last
   */
  RecordIncident(
      EvaluateCriteria criteria,
      Function<Plan, Optional<PairState>> replication,
      Supplier<Runs> runs,
      TriageJournal journal) {
    this.criteria = criteria;
    this.replication = replication;
    this.runs = runs;
    this.journal = journal;
  }

  /**
   * What is announced and starts the clock of the decision is written once; the figures are new.
   *
   * @param summary as reported
   * @return a Markdown table, foreign text escaped
   */
  public String record(RunKey run, Plan plan, String summary, boolean dryRun) {
    Judgement now = criteria.evaluate(plan, Optional.empty());
    journal.recorded(
        run, now, dryRun, "Incident %s on %s: %s".formatted(run, plan.title(), summary).strip());
    return evidence(run, plan, now);
  }

  /** The same table with newer figures. */
  public String evidence(RunKey run, Plan plan, Judgement now) {
    List<Finding> findings = new ArrayList<>();
    now.readings().stream().map(RecordIncident::finding).forEach(findings::add);
    findings.add(replication.apply(plan).map(RecordIncident::finding).orElseGet(this::unseen));
    runs.get().newest(plan.id(), LOOKED_AT).stream()
        .filter(other -> !other.key().equals(run) && !Runs.BESIDE.contains(other.runbook()))
        .limit(RECENT)
        .map(RecordIncident::finding)
        .forEach(findings::add);
    return EvidenceTable.of(new Findings(findings));
  }

  private Finding unseen() {
    return Finding.risk("replication", "", "not watched");
  }

  private static Finding finding(Reading reading) {
    String found = reading.value() + ", limit " + reading.limit();
    String what = reading.criterion().word();
    return switch (reading.state()) {
      case NORMAL -> Finding.good(what, "", found);
      case BREACHING -> Finding.note(what, "", found + "; above it, not for long enough yet");
      case UNKNOWN -> Finding.risk(what, "", "unknown: " + found);
      case HELD -> Finding.bad(what, "", found);
    };
  }

  private static Finding finding(PairState state) {
    if (state instanceof PairState.Replicating running) {
      return Finding.good(
          "replication", running.replica().word(), running.lag().toSeconds() + " s behind");
    }
    return state instanceof PairState.Failing failing
        ? Finding.bad("replication", "", failing.why())
        : Finding.note("replication", "", "not set up");
  }

  private static Finding finding(Runs.Run run) {
    return Finding.note(
        "run " + run.key(), run.runbook(), run.result().orElse("at " + run.waitingFor()));
  }
}

package dev.repli.cutover;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.FindWriter;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * One look of the watch: is the writer still the target, is the way back open, do criteria hold.
 */
public final class LookAtCutover {
  private final FindWriter writer;
  private final List<WatchCriterion> criteria;
  private final CutoverJournal journal;
  private final Clock clock;

  LookAtCutover(
      FindWriter writer, List<WatchCriterion> criteria, CutoverJournal journal, Clock clock) {
    this.writer = writer;
    this.criteria = List.copyOf(criteria);
    this.journal = journal;
    this.clock = clock;
  }

  /** How the cutover does. */
  public enum State {
    GOOD,
    /** Good, and watched for long enough. */
    OVER,
    BAD,
    /** A rollback moved the writer meanwhile. */
    WENT_BACK
  }

  /** What was seen. */
  public record Look(State state, Findings findings) {}

  public Instant end(Plan plan) {
    return clock.instant().plus(plan.cutover().watch());
  }

  public Look look(RunKey run, Plan plan, Instant end) {
    FindWriter.Answer answer = writer.find(plan);
    if (answer instanceof FindWriter.Known known && known.writer() == Node.Role.SOURCE) {
      Findings back =
          new Findings(List.of(Finding.note("writer", plan.source().label(), "went back")));
      return new Look(State.WENT_BACK, journal.found(run, CutoverStep.WATCH, back));
    }
    Findings findings = writer(answer, plan);
    for (WatchCriterion criterion : criteria) {
      findings = findings.and(criterion.judge(run, plan));
    }
    journal.found(run, CutoverStep.WATCH, findings);
    return new Look(state(findings, end), findings);
  }

  private State state(Findings findings, Instant end) {
    if (!findings.good()) {
      return State.BAD;
    }
    return clock.instant().isBefore(end) ? State.GOOD : State.OVER;
  }

  private static Findings writer(FindWriter.Answer answer, Plan plan) {
    return new Findings(
        List.of(
            answer instanceof FindWriter.Unknown unknown
                ? Finding.bad("writer", "", unknown.why())
                : Finding.good("writer", plan.target().label(), "accepts application writes")));
  }
}

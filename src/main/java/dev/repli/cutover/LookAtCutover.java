package dev.repli.cutover;

import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.FindWriter;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One look of the watch: is the writer still the target, is the way back open, do criteria hold.
 */
public final class LookAtCutover {
  /** More than can be started while one cutover is watched. */
  private static final int RECENT = 20;

  private final FindWriter writer;
  private final List<WatchCriterion> criteria;

  /** Asked for when needed: the register itself needs the engine that the steps are part of. */
  private final Supplier<Runs> runs;

  private final CutoverJournal journal;
  private final Clock clock;

  LookAtCutover(
      FindWriter writer,
      List<WatchCriterion> criteria,
      Supplier<Runs> runs,
      CutoverJournal journal,
      Clock clock) {
    this.writer = writer;
    this.runs = runs;
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
    /** Not judged: another run works on the plan and may be moving the writer right now. */
    BUSY,
    /** A rollback moved the writer meanwhile. */
    WENT_BACK
  }

  /** What was seen. */
  public record Look(State state, Findings findings) {}

  public Instant end(Plan plan) {
    return clock.instant().plus(plan.cutover().watch());
  }

  /**
   * What is bad while a rollback works is what the rollback does: the writer moves, the replica
   * stops and starts. Whoever is asked then is asked for nothing.
   */
  public Look look(RunKey run, Plan plan, Instant end) {
    Optional<RunKey> busy = other(run, plan);
    FindWriter.Answer answer = writer.find(plan);
    if (wentBack(answer)) {
      return wentBack(run, plan);
    }
    Findings findings = writer(answer, plan);
    for (WatchCriterion criterion : criteria) {
      findings = findings.and(criterion.judge(run, plan));
    }
    if (!findings.good()) {
      // a rollback may have begun since, or even have ended
      busy = busy.or(() -> other(run, plan));
      if (wentBack(writer.find(plan))) {
        return wentBack(run, plan);
      }
    }
    return seen(run, findings, busy, end);
  }

  private Optional<RunKey> other(RunKey run, Plan plan) {
    return runs.get().newest(plan.id(), RECENT).stream()
        .filter(any -> any.endedAt().isEmpty() && !any.dryRun() && !any.key().equals(run))
        .filter(any -> !Runs.MOVE_NOTHING.contains(any.runbook()))
        .map(Runs.Run::key)
        .filter(any -> !journal.watches(any))
        .findFirst();
  }

  private static boolean wentBack(FindWriter.Answer answer) {
    return answer instanceof FindWriter.Known known && known.writer() == Node.Role.SOURCE;
  }

  private Look wentBack(RunKey run, Plan plan) {
    Findings back =
        new Findings(List.of(Finding.note("writer", plan.source().label(), "went back")));
    return new Look(State.WENT_BACK, journal.found(run, CutoverStep.WATCH, back));
  }

  private Look seen(RunKey run, Findings findings, Optional<RunKey> busy, Instant end) {
    if (!findings.good() && busy.isPresent()) {
      Finding other =
          Finding.note(
              "another run", busy.get().value(), "works on the plan; looked at again afterwards");
      Findings noted = new Findings(List.of(other));
      return new Look(State.BUSY, journal.found(run, CutoverStep.WATCH, noted));
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

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
   * While a rollback works nothing is judged: what would be bad is what it does (the writer moves,
   * the replica stops and starts), and criteria that try the way back out by rows of their own
   * would meet it. One that begins in the middle of a look is why it is asked for twice.
   */
  public Look look(RunKey run, Plan plan, Instant end) {
    Optional<RunKey> busy = other(run, plan);
    FindWriter.Answer answer = writer.find(plan);
    if (wentBack(answer)) {
      return wentBack(run, plan);
    }
    if (busy.isPresent()) {
      return busy(run, busy.get());
    }
    Findings findings = writer(answer, plan);
    for (WatchCriterion criterion : criteria) {
      findings = findings.and(criterion.judge(run, plan));
    }
    return findings.good() ? seen(run, findings, end) : lookAgain(run, plan, findings, end);
  }

  /** A rollback may have begun since, or even have ended. */
  private Look lookAgain(RunKey run, Plan plan, Findings findings, Instant end) {
    Optional<RunKey> busy = other(run, plan);
    if (wentBack(writer.find(plan))) {
      return wentBack(run, plan);
    }
    return busy.map(other -> busy(run, other)).orElseGet(() -> seen(run, findings, end));
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

  private Look busy(RunKey run, RunKey other) {
    Finding works =
        Finding.note("another run", other.value(), "works on the plan; looked at again afterwards");
    Findings noted = new Findings(List.of(works));
    return new Look(State.BUSY, journal.found(run, CutoverStep.WATCH, noted));
  }

  private Look seen(RunKey run, Findings findings, Instant end) {
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

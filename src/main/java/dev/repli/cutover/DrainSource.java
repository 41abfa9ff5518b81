package dev.repli.cutover;

import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.FenceRisk;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Looks;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Looks whether long writes are still open on the source, and when none is, lets no crowd of new
 * connections in until the switch. Nobody is ended here: a writer that is ended before the fence
 * may or may not have committed. What the plan says about blockers is done by the fence itself.
 *
 * <p>Limits stand for the last seconds only: under a limit that stands as long as a batch runs, new
 * clients wait longer in the route than it lets them, and get errors.
 */
public final class DrainSource {
  private static final Set<FenceRisk.Kind> LONG =
      Set.of(
          FenceRisk.Kind.LONG_TRANSACTION, FenceRisk.Kind.TABLE_LOCK, FenceRisk.Kind.PREPARED_XA);

  private final Looks looks;
  private final RouteLimits limits;
  private final CutoverJournal journal;
  private final Clock clock;

  DrainSource(Looks looks, RouteLimits limits, CutoverJournal journal, Clock clock) {
    this.looks = looks;
    this.limits = limits;
    this.journal = journal;
    this.clock = clock;
  }

  /** How far the draining is. */
  public enum State {
    DRAINED,
    WAITING,
    TIME_IS_UP
  }

  /** What was seen. */
  public record Drain(State state, Findings findings) {}

  public Instant deadline(Plan plan) {
    return clock.instant().plus(plan.cutover().drain());
  }

  /** Names long writers, and every client that will be moved or ended. */
  public Drain look(RunKey run, Plan plan, Instant deadline, boolean dryRun) {
    Findings found = seen(plan);
    if (dryRun) {
      found = found.and(limits.rehearse(run, plan));
    } else if (found.good()) {
      // who came in before the limits were there is seen after them
      found =
          found
              .and(limits.lower(run, plan))
              .and(looks.atNode(plan, plan.source(), DrainSource::longWrites));
    }
    if (!dryRun && !found.good()) {
      limits.restoreWhatStands(run, plan);
    }
    State state = state(found, deadline);
    if (state != State.WAITING) {
      journal.found(run, CutoverStep.DRAIN, found);
    }
    return new Drain(state, found);
  }

  private Findings seen(Plan plan) {
    return looks
        .atNode(plan, plan.source(), source -> writers(plan, source))
        .and(
            looks.atRoutes(
                plan,
                (spec, state) ->
                    List.of(
                        note(
                            "sessions on the source",
                            spec.name(),
                            state.sessionsOnSource() < 0
                                ? "this route cannot tell"
                                : state.sessionsOnSource() + " sessions"))));
  }

  private State state(Findings findings, Instant deadline) {
    if (findings.good()) {
      return State.DRAINED;
    }
    return clock.instant().isBefore(deadline) ? State.WAITING : State.TIME_IS_UP;
  }

  private static List<Finding> writers(Plan plan, NodeSession source) {
    List<Finding> findings = new ArrayList<>(longWrites(source));
    if (findings.isEmpty()) {
      findings.add(good("no long write", source.node().label(), "none"));
    }
    findings.add(note("clients", source.node().label(), Clients.on(source, plan).inWords()));
    return findings;
  }

  private static List<Finding> longWrites(NodeSession source) {
    return source.fenceRisks().stream()
        .filter(risk -> LONG.contains(risk.kind()))
        .map(
            risk ->
                Finding.bad("long write", source.node().label(), risk.who() + ", " + risk.detail()))
        .toList();
  }
}

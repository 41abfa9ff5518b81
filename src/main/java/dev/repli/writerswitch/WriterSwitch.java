package dev.repli.writerswitch;

import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.JournalException;
import dev.repli.journal.Ledger;
import dev.repli.plan.Secrets;
import dev.repli.writerswitch.PhaseResult.Failed;
import dev.repli.writerswitch.Preparation.Forward;
import dev.repli.writerswitch.Preparation.Ready;
import dev.repli.writerswitch.Preparation.Refused;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Moves the writer, one phase a call. The order of the phases is drawn in {@code
 * WriterSwitchProcess}; what each does and what it may assume is here. Phases answer with a {@link
 * PhaseResult}; whatever a node or route throws becomes a failure with its text.
 */
public final class WriterSwitch {
  private static final Duration PROBE_WAIT = Duration.ofSeconds(2);
  private static final int MORE_UNDOS = 2;
  private static final List<Phase> FORWARD = List.of(Phase.OPEN, Phase.ROUTE, Phase.VERIFY);

  private final SwitchAttempts attempts = new SwitchAttempts();
  private final SwitchPortsSelection ports;
  private final SwitchObserver observer;
  private final InstantSource clock;
  private final LongSupplier nanoClock;
  private final Path probeDirectory;
  private final SwitchPreparation preparation;
  private final CriticalSection criticalSection;
  private final Uninterrupted uninterrupted = new Uninterrupted();
  private final Completion completion = new Completion();
  private final Rehearsal rehearsal;
  private final Verification verification = new Verification();
  private final Undo undo = new Undo();
  private final ReverseReplication reverse;
  private final LedgerSigning signing;

  /**
   * @param installationId the same for every process that shares this Repli's database, different
   *     for any other Repli
   * @param probeDirectory where the write probe keeps its log
   */
  public WriterSwitch(
      SwitchPortsSelection ports,
      SwitchObserver observer,
      Secrets secrets,
      InstantSource clock,
      LongSupplier nanoClock,
      String installationId,
      Path probeDirectory) {
    this.ports = ports;
    this.observer = observer;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.probeDirectory = probeDirectory;
    this.preparation = new SwitchPreparation(installationId);
    this.criticalSection = new CriticalSection(nanoClock);
    this.rehearsal = new Rehearsal(criticalSection, completion, nanoClock);
    this.reverse = new ReverseReplication(secrets);
    this.signing = new LedgerSigning(probeDirectory);
  }

  /** Opens everything and decides how to go on. */
  public Preparation prepare(SwitchRequest request, boolean dryRun) {
    observer.before(request, Phase.PREPARE);
    SwitchAttempt attempt = begin(request, dryRun);
    Preparation result = preparation.prepare(attempt);
    if (result instanceof Ready || result instanceof Forward) {
      startProbe(attempt);
    }
    if (result instanceof Ready && !seenByProbe(attempt)) {
      result = new Refused(unprobed(attempt));
    }
    if (result instanceof Ready) {
      rehearse(attempt);
    }
    if (result instanceof Refused || result instanceof Preparation.Aborted) {
      end(attempt, refusal(result), reason(result));
    } else if (result instanceof Preparation.Held held) {
      hold(request.switchId(), held.reason());
    } else if (result instanceof Preparation.Ended) {
      forget(attempt);
    }
    observer.after(request, Phase.PREPARE);
    return result;
  }

  private void rehearse(SwitchAttempt attempt) {
    if (guarded(attempt, rehearsal::play) instanceof Failed failed) {
      attempt.keep(
          new Measured(
              "rehearsal stopped", attempt.request.plan().id().value(), failed.reason(), ""));
    }
  }

  private static SwitchOutcome refusal(Preparation result) {
    return result instanceof Refused ? SwitchOutcome.REFUSED : SwitchOutcome.ABORTED;
  }

  private static String reason(Preparation result) {
    return result instanceof Refused refused
        ? refused.reason()
        : ((Preparation.Aborted) result).reason();
  }

  private void startProbe(SwitchAttempt attempt) {
    if (attempt.ports.writes() && attempt.request.plan().probe().enabled()) {
      attempt.probe = WriteProbe.start(attempt, probeDirectory, clock, nanoClock);
    }
  }

  /** Without the probe's own writes nobody could tell afterwards whether any was lost. */
  private static String unprobed(SwitchAttempt attempt) {
    WriteProbe probe = attempt.probe;
    return "the write probe was not acknowledged a write through every route within "
        + PROBE_WAIT.toMillis()
        + " ms"
        + (probe == null || probe.trouble().isEmpty() ? "" : " (" + probe.trouble() + ")")
        + ": mend the probe's account or the route's endpoint, or say probe.enabled: false in the plan";
  }

  /** Runs one phase between Arm and Verify; see {@link Uninterrupted}. */
  public PhaseResult run(String switchId, Phase phase) {
    return uninterrupted.run(switchId, phase, it -> runOne(switchId, it));
  }

  private PhaseResult runOne(String switchId, Phase phase) {
    return run(
        attempts.of(switchId),
        phase,
        switch (phase) {
          case ARM -> criticalSection::arm;
          case HOLD -> criticalSection::hold;
          case FENCE -> criticalSection::fence;
          case MARK -> criticalSection::mark;
          case CATCH_UP -> criticalSection::catchUp;
          case SEAL -> criticalSection::seal;
          case POINT_OF_NO_RETURN -> this::passPointOfNoReturn;
          case OPEN, ROUTE, VERIFY -> attempt -> forward(attempt, phase);
          case PREPARE, REVERSE, LEDGER ->
              throw new IllegalArgumentException(phase + " is not a phase of the critical section");
        });
  }

  /**
   * When the answer of the journal is lost, only the journal knows on which side of the point of no
   * return the switch is: it is asked again before anything is touched.
   */
  private PhaseResult passPointOfNoReturn(SwitchAttempt attempt) {
    try {
      return criticalSection.passPointOfNoReturn(attempt);
    } catch (JournalException failure) {
      if (!failure.outcomeUnknown()) {
        throw failure;
      }
      attempt.keep(new Measured("tried again", "POINT_OF_NO_RETURN", text(failure), ""));
      return attempts
          .successor(attempt)
          .filter(fresh -> preparation.prepare(fresh) instanceof Forward)
          .map(fresh -> PhaseResult.DONE)
          .orElseThrow(() -> failure);
    }
  }

  private PhaseResult forward(SwitchAttempt attempt, Phase phase) {
    PhaseResult result = guarded(attempt, it -> once(it, phase));
    return result instanceof Failed first && attempt.ports.writes()
        ? forwardWithNewConnections(attempt, phase, first)
        : result;
  }

  private PhaseResult once(SwitchAttempt attempt, Phase phase) {
    return switch (phase) {
      case OPEN -> completion.open(attempt);
      case ROUTE -> completion.route(attempt);
      default -> verify(attempt);
    };
  }

  /**
   * One lost answer is no reason to wait for people while nobody can write: looks once more with
   * new connections, as a successor would, and goes forward from what the nodes show. A phase that
   * was done before finds nothing to do.
   */
  private PhaseResult forwardWithNewConnections(SwitchAttempt attempt, Phase last, Failed first) {
    attempt.keep(new Measured("tried again", last.name(), first.reason(), ""));
    Optional<SwitchAttempt> fresh =
        attempts.successor(attempt).filter(it -> preparation.prepare(it) instanceof Forward);
    PhaseResult result = fresh.isPresent() ? PhaseResult.DONE : first;
    for (Phase phase : FORWARD) {
      if (result instanceof PhaseResult.Done && phase.compareTo(last) <= 0) {
        result = once(fresh.get(), phase);
      }
    }
    return result;
  }

  private PhaseResult verify(SwitchAttempt attempt) {
    completion.settle(attempt);
    // first, so that clients have the processors to themselves while they connect again
    seenByProbe(attempt);
    PhaseResult result = verification.verify(attempt);
    if (result instanceof PhaseResult.Done) {
      completion.saveRoutes(attempt);
      end(attempt, SwitchOutcome.MOVED, "");
    }
    return result;
  }

  /**
   * The ledger needs a write that the probe was acknowledged on either side; its absence is said
   * there.
   */
  private static boolean seenByProbe(SwitchAttempt attempt) {
    WriteProbe probe = attempt.probe;
    if (probe == null || probe.acknowledgedSince(PROBE_WAIT)) {
      return true;
    }
    attempt.keep(
        new Measured(
            "write probe not acknowledged within",
            attempt.request.plan().id().value(),
            Long.toString(PROBE_WAIT.toMillis()),
            "ms"));
    return false;
  }

  private PhaseResult run(
      SwitchAttempt attempt, Phase phase, Function<SwitchAttempt, PhaseResult> work) {
    observer.before(attempt.request, phase);
    long start = nanoClock.getAsLong();
    PhaseResult result = guarded(attempt, work);
    attempts
        .newest(attempt)
        .keep(
            new Measured(
                "phase " + phase,
                attempt.request.plan().id().value(),
                Long.toString(Duration.ofNanos(nanoClock.getAsLong() - start).toNanos() / 1000),
                "µs"));
    observer.after(attempt.request, phase);
    return result;
  }

  /**
   * Whatever a node, a route or the journal throws: the phase did not happen, and the process
   * decides what that means.
   */
  private static PhaseResult guarded(
      SwitchAttempt attempt, Function<SwitchAttempt, PhaseResult> work) {
    try {
      return work.apply(attempt);
    } catch (RuntimeException failure) {
      return new Failed(text(failure));
    }
  }

  private static String text(RuntimeException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /**
   * Re-opens the old writer. When the connections of this try are dead (a frozen Repli that woke
   * up, a lost answer), it looks again with new ones, unless somebody else has taken command since.
   *
   * @param outcome {@link SwitchOutcome#UNDONE} or {@link SwitchOutcome#ABORTED}
   */
  public PhaseResult undo(String switchId, SwitchOutcome outcome, String firstCause) {
    PhaseResult result = guarded(attempts.of(switchId), undo::reopen);
    for (int more = 0; more < MORE_UNDOS && result instanceof Failed failed; more++) {
      result = undoWithNewConnections(attempts.of(switchId), failed);
    }
    SwitchAttempt last = attempts.of(switchId);
    if (result instanceof Failed failed) {
      hold(switchId, firstCause + "; and undoing it failed: " + failed.reason());
    } else {
      end(last, outcome, firstCause);
    }
    return result;
  }

  private PhaseResult undoWithNewConnections(SwitchAttempt attempt, Failed before) {
    attempt.keep(
        new Measured("undo failed", attempt.request.oldWriter().label(), before.reason(), ""));
    Optional<SwitchAttempt> fresh = attempts.successor(attempt);
    if (fresh.isEmpty()) {
      return new Failed("another commander took over; this one stops");
    }
    Preparation again = preparation.prepare(fresh.get());
    return again instanceof Preparation.Interrupted ? guarded(fresh.get(), undo::reopen) : before;
  }

  /** Declares that people have to act, and says so in the journal. Connections are given back. */
  public void hold(String switchId, String reason) {
    SwitchAttempt attempt = attempts.of(switchId);
    attempt.journal.append(
        Decisions.milestone(
            attempt.request,
            SwitchMilestones.HELD,
            "Held for people: " + reason,
            Map.of(SwitchMilestones.REASON, reason)));
    attempt.writeKept();
    forget(attempt);
  }

  private void end(SwitchAttempt attempt, SwitchOutcome outcome, String reason) {
    if (attempt.probe != null) {
      attempt.probe.close();
      attempt.probe = null;
    }
    Decisions.end(attempt, outcome, reason);
    attempt.writeKept();
    forget(attempt);
  }

  /** Phase 11, in a step of its own. */
  public PhaseResult reverse(SwitchRequest request, boolean dryRun) {
    return afterwards(request, dryRun, Phase.REVERSE, reverse::start);
  }

  /** Phase 12, in a step of its own: the ledger, or why there is none. */
  public Optional<Ledger> ledger(SwitchRequest request, boolean dryRun) {
    Ledger[] signed = new Ledger[1];
    PhaseResult result =
        afterwards(
            request,
            dryRun,
            Phase.LEDGER,
            attempt -> {
              signed[0] = signing.sign(attempt);
              return PhaseResult.DONE;
            });
    return result instanceof PhaseResult.Done ? Optional.ofNullable(signed[0]) : Optional.empty();
  }

  private PhaseResult afterwards(
      SwitchRequest request,
      boolean dryRun,
      Phase phase,
      Function<SwitchAttempt, PhaseResult> work) {
    SwitchAttempt attempt = begin(request, dryRun);
    try {
      return run(
          attempt,
          phase,
          it -> {
            preparation.reconnect(it);
            return work.apply(it);
          });
    } finally {
      attempt.writeKept();
      forget(attempt);
    }
  }

  private SwitchAttempt begin(SwitchRequest request, boolean dryRun) {
    uninterrupted.forget(request.switchId());
    return attempts.begin(request, ports.select(dryRun));
  }

  private void forget(SwitchAttempt attempt) {
    uninterrupted.forget(attempt.request.switchId());
    attempts.forget(attempt);
  }
}

package dev.repli.writerswitch;

import dev.repli.journal.Evidence.Measured;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Goes through the critical section on the very connections that it will use, with every act left
 * out, so that its code is loaded and compiled before clients wait for it. Reads only. What does
 * not work here is found again in its phase, which knows what to do about it.
 */
final class Rehearsal {
  private static final int ROUNDS = 20;
  private static final Duration AT_MOST = Duration.ofMillis(500);

  /** Bounds the one wait of a round, for the position. */
  private static final Duration LEASE = Duration.ofSeconds(1);

  private final LongSupplier nanoClock;
  private final List<Function<SwitchAttempt, PhaseResult>> phases;

  Rehearsal(CriticalSection criticalSection, Completion completion, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.phases =
        List.of(
            criticalSection::fence,
            criticalSection::mark,
            criticalSection::catchUp,
            criticalSection::seal,
            criticalSection::passPointOfNoReturn,
            completion::open,
            completion::route);
  }

  /** Says in the evidence how often it was done. */
  PhaseResult play(SwitchAttempt attempt) {
    long end = nanoClock.getAsLong() + AT_MOST.toNanos();
    int rounds = 0;
    while (rounds < ROUNDS && nanoClock.getAsLong() - end < 0 && playOnce(attempt)) {
      rounds++;
    }
    attempt.keep(
        new Measured(
            "rehearsed", attempt.request.plan().id().value(), Integer.toString(rounds), "times"));
    return PhaseResult.DONE;
  }

  private boolean playOnce(SwitchAttempt attempt) {
    Optional<SwitchAttempt> pretended = attempt.ports.rehearsal(attempt);
    pretended.ifPresent(it -> it.lease = Lease.startingNow(LEASE, nanoClock));
    return pretended.isPresent()
        && phases.stream()
            .allMatch(phase -> phase.apply(pretended.get()) instanceof PhaseResult.Done);
  }
}

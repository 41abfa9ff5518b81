package dev.repli.logical;

import dev.repli.database.Position;
import dev.repli.delta.ExtractDelta;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.logical.DeltaPace.Leg;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures parts of the work on a delta while they are done. What cannot be kept stops no rollback.
 *
 * @param nanos tells how much time passes
 */
record PaceClock(DeltaPace pace, Clock clock, LongSupplier nanos) {
  private static final Logger LOG = LoggerFactory.getLogger(PaceClock.class);

  long begin() {
    return nanos.getAsLong();
  }

  /** Of a file that was read in one go. */
  void read(RunKey run, Plan plan, Position from, ExtractDelta.Result.Extracted done, long begun) {
    long transactions = SharedHistory.transactionsBetween(from, done.end().position());
    keep(run, plan, DeltaPart.EXTRACT, done.counts().rows(), transactions, begun);
  }

  /** What was abandoned costs next to nothing, and would make the import look fast. */
  void imported(RunKey run, Plan plan, ImportCounts before, ImportCounts after, long begun) {
    long changes =
        (after.extracted() - after.abandoned()) - (before.extracted() - before.abandoned());
    keep(run, plan, DeltaPart.IMPORT, changes, 0, begun);
  }

  private void keep(
      RunKey run, Plan plan, DeltaPart part, long changes, long transactions, long begun) {
    if (changes <= 0) {
      return;
    }
    Duration took = Duration.ofNanos(nanos.getAsLong() - begun);
    try {
      pace.keep(new Leg(plan.id(), part, run, changes, transactions, took, clock.instant()));
    } catch (RuntimeException e) {
      LOG.warn("how fast the delta of run {} was carried is not kept: {}", run, e.getMessage());
    }
  }
}

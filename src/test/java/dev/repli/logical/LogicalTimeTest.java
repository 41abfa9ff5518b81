package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.imports.ImportCounts;
import dev.repli.logical.DeltaPace.Leg;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Time of a delta from what was measured of earlier ones. */
class LogicalTimeTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private final InMemoryDeltaPace pace = new InMemoryDeltaPace();
  private final LogicalTime time = new LogicalTime(pace);
  private long now;

  private void leg(DeltaPart part, long changes, long transactions, int seconds) {
    pace.keep(
        new Leg(
            DeltaSamples.PLAN.id(),
            part,
            DeltaSamples.RUN,
            changes,
            transactions,
            Duration.ofSeconds(seconds),
            Instant.EPOCH));
  }

  @Test
  void weighsLargePartsMoreThanSmallOnes() {
    leg(DeltaPart.EXTRACT, 9_000, 900, 9);
    leg(DeltaPart.EXTRACT, 1_000, 100, 11);
    leg(DeltaPart.IMPORT, 10_000, 0, 100);

    assertThat(time.of(DeltaSamples.PLAN.id(), 1_000).orElseThrow().takes())
        .isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void tellsNothingFromTooFewChangesOrFromReadingAlone() {
    leg(DeltaPart.EXTRACT, 10_000, 1_000, 1);
    assertThat(time.of(DeltaSamples.PLAN.id(), 10)).isEmpty();
    leg(DeltaPart.IMPORT, 499, 0, 1);
    assertThat(time.of(DeltaSamples.PLAN.id(), 10)).isEmpty();
    leg(DeltaPart.IMPORT, 1, 0, 1);
    assertThat(time.of(DeltaSamples.PLAN.id(), 10)).isPresent();
  }

  private PaceClock clock(DeltaPace into) {
    return new PaceClock(into, CLOCK, () -> now);
  }

  @Test
  void doesNotCountWhatWasAbandonedAsImported() {
    PaceClock clock = clock(pace);
    long begun = clock.begin();
    now += Duration.ofSeconds(3).toNanos();
    ImportCounts before = new ImportCounts(10, 10, 0, 0, 0);
    clock.imported(
        DeltaSamples.RUN, DeltaSamples.PLAN, before, new ImportCounts(110, 50, 0, 60, 0), begun);
    clock.imported(DeltaSamples.RUN, DeltaSamples.PLAN, before, before, begun);

    assertThat(pace.kept)
        .singleElement()
        .satisfies(
            leg -> {
              assertThat(leg.changes()).isEqualTo(40);
              assertThat(leg.took()).isEqualTo(Duration.ofSeconds(3));
            });
  }

  @Test
  void stopsNoRollbackWhenItCannotBeKept() {
    PaceClock clock =
        clock(
            new InMemoryDeltaPace() {
              @Override
              public void keep(Leg leg) {
                throw new IllegalStateException("the database is away");
              }
            });

    clock.imported(
        DeltaSamples.RUN,
        DeltaSamples.PLAN,
        ImportCounts.NONE,
        new ImportCounts(1, 1, 0, 0, 0),
        clock.begin());

    assertThat(pace.kept).isEmpty();
  }
}

package dev.repli.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.criteria.Breach;
import dev.repli.criteria.KeptBreaches;
import dev.repli.database.VirtualTime;
import dev.repli.monitor.PairState;
import dev.repli.plan.Criterion;
import dev.repli.plan.Node;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.postmortem.KeptSamples;
import dev.repli.run.KnownPlans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TakeSamplesTest {
  private static final PlanId SHOP = new PlanId("shop");
  private final VirtualTime time = new VirtualTime();
  private final Plans plans = new KnownPlans("shop");
  private final KeptBreaches breaches = new KeptBreaches();
  private final KeptSamples samples = new KeptSamples();
  private Optional<PairState> replication = Optional.empty();
  private Optional<Integer> writers = Optional.empty();
  private final TakeSamples taking =
      new TakeSamples(plans, any -> replication, any -> writers, breaches, samples, time);

  private List<Double> kept(Series series) {
    return samples.between(SHOP, series, Instant.EPOCH, Instant.MAX).stream()
        .map(Point::value)
        .toList();
  }

  @Test
  void keepsNothingThatNobodyMeasured() {
    taking.tick();

    assertThat(Series.values()).allSatisfy(series -> assertThat(kept(series)).isEmpty());
  }

  @Test
  void keepsLagAndWritersAtEachTick() {
    replication =
        Optional.of(new PairState.Replicating(Node.Role.SOURCE, Duration.ofMillis(1_500)));
    writers = Optional.of(1);
    taking.tick();
    replication = Optional.of(new PairState.Failing(PairState.Kind.STOPPED, "1062"));
    writers = Optional.of(0);
    taking.tick();

    assertThat(kept(Series.LAG)).containsExactly(1.5);
    assertThat(kept(Series.WRITERS)).containsExactly(1.0, 0.0);
  }

  @Test
  void keepsEachErrorRateOnce() {
    Instant now = time.instant();
    breaches.keep(
        SHOP,
        List.of(
            new Breach(
                Criterion.ERRORS_HIGH,
                0.2,
                Optional.of(0.05),
                Optional.empty(),
                Duration.ZERO,
                false,
                now,
                now)));
    taking.tick();
    taking.tick();

    assertThat(kept(Series.ERROR_RATE)).containsExactly(0.2);
  }
}

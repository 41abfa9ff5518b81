package dev.repli.reversibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.plan.Checks;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.SamplePlan;
import dev.repli.runbook.PlanVersions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReversibilityMeterTest {
  private final VirtualTime time = new VirtualTime();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final PlanVersions plans = new PlanVersions();
  private final Map<Strategy, Findings> found = new EnumMap<>(Strategy.class);
  private final List<Map<Strategy, State>> asked = new ArrayList<>();
  private final List<Optional<Duration>> windowsLeft = new ArrayList<>();
  private List<Strategy> answer = List.of();
  private Optional<Instant> windowEnds = Optional.empty();
  private final Plan plan =
      SamplePlan.of(new FakeDatabase(time), List.of(), new Checks(List.of(), List.of(), List.of()));
  private final ReversibilityMeter meter =
      new ReversibilityMeter(
          plans,
          List.of(new Pretended(Strategy.REPLICATION), new Pretended(Strategy.LOGICAL)),
          (ways, left) -> {
            Map<Strategy, State> states = new EnumMap<>(Strategy.class);
            ways.forEach(way -> states.put(way.strategy(), way.state()));
            asked.add(states);
            windowsLeft.add(left);
            return answer;
          },
          any -> windowEnds,
          metrics,
          time);

  @BeforeEach
  void knowOnePlan() {
    plans.add(plan);
  }

  /** A way of which nothing is said here cannot be looked at. */
  private final class Pretended implements MeasureWay {
    private final Strategy strategy;

    Pretended(Strategy strategy) {
      this.strategy = strategy;
    }

    @Override
    public Strategy strategy() {
      return strategy;
    }

    @Override
    public WayBack measure(Plan any) {
      Findings seen = found.get(strategy);
      if (seen == null) {
        throw new IllegalStateException("the node does not answer");
      }
      return WayBack.found(strategy, seen, "1 min", "nothing", "the logs are purged")
          .expecting(
              strategy == Strategy.LOGICAL
                  ? Optional.empty()
                  : Optional.of(Duration.ofMinutes(10)));
    }
  }

  private static Findings findings(Finding one) {
    return new Findings(List.of(Finding.good("look", "", "fine"), one));
  }

  @Test
  void asksTheTableWithTheStatesThatFollowFromWhatWasFound() {
    found.put(Strategy.REPLICATION, findings(Finding.risk("format", "", "MIXED")));
    found.put(Strategy.LOGICAL, findings(Finding.bad("source", "", "was written to")));
    meter.measure(plan);
    found.put(Strategy.LOGICAL, findings(Finding.note("nothing", "", "special")));
    found.remove(Strategy.REPLICATION);
    meter.measure(plan);

    assertThat(asked)
        .containsExactly(
            Map.of(Strategy.REPLICATION, State.LOSES, Strategy.LOGICAL, State.CLOSED),
            Map.of(Strategy.REPLICATION, State.UNKNOWN, Strategy.LOGICAL, State.OPEN));
  }

  @Test
  void putsTheWaysInTheOrderOfTheTableAndSaysOfTheOthersWhyNot() {
    found.put(Strategy.LOGICAL, findings(Finding.note("nothing", "", "special")));
    answer = List.of(Strategy.LOGICAL);

    Reversibility seen = meter.measure(plan);

    assertThat(seen.preferred()).contains(Strategy.LOGICAL);
    assertThat(seen.ways())
        .extracting(WayBack::strategy)
        .containsExactly(Strategy.LOGICAL, Strategy.REPLICATION);
    assertThat(seen.ways().get(1).why()).contains("the node does not answer");
    assertThat(WaysTable.of(seen))
        .contains("**logical** (proposed) | ✓ open", "replication | **unknown**");
  }

  @ParameterizedTest
  @CsvSource({
    "PT9M59S, 'it takes longer (10 min) than what is left of the rollback window (9 min); ', ', in 9 min.'",
    "PT10M, '', ', in 10 min.'",
    "-PT1S, 'the rollback window is over; ', 'window ended at'"
  })
  void saysWhichWayTakesLongerThanWhatIsLeftOfTheWindow(Duration left, String late, String shown) {
    windowEnds = Optional.of(time.instant().plus(left));
    found.put(Strategy.REPLICATION, findings(Finding.note("nothing", "", "special")));
    found.put(Strategy.LOGICAL, findings(Finding.note("nothing", "", "special")));
    answer = List.of(Strategy.REPLICATION, Strategy.LOGICAL);

    Reversibility seen = meter.measure(plan);

    assertThat(seen.ways().get(0).closes()).isEqualTo(late + "the logs are purged");
    assertThat(seen.ways().get(0).state()).as("it stays open").isEqualTo(State.OPEN);
    assertThat(seen.ways().get(1).closes()).isEqualTo("the logs are purged");
    assertThat(WaysTable.of(seen)).contains("The rollback window ", shown);
    assertThat(windowsLeft)
        .as("the table is told")
        .containsExactly(Optional.of(left.isNegative() ? Duration.ZERO : left));
  }

  @Test
  void saysNothingOfAWindowThatNobodyKnows() {
    found.put(Strategy.REPLICATION, findings(Finding.note("nothing", "", "special")));

    Reversibility seen = meter.measure(plan);

    assertThat(seen.windowLeft()).isEmpty();
    assertThat(WaysTable.of(seen)).doesNotContain("rollback window");
  }

  @Test
  void showsWhatWasMeasuredLastUntilItIsTooOld() {
    found.put(Strategy.REPLICATION, findings(Finding.note("nothing", "", "special")));
    found.put(Strategy.LOGICAL, findings(Finding.bad("source", "", "was written to")));

    meter.tick();

    assertThat(gauge("replication")).isEqualTo(1);
    assertThat(gauge("logical")).isZero();
    time.advance(Duration.ofMinutes(4));
    assertThat(gauge("replication")).isNaN();
  }

  private double gauge(String strategy) {
    return metrics
        .get("repli.reversibility")
        .tags("plan", SamplePlan.ID.value(), "strategy", strategy)
        .gauge()
        .value();
  }
}

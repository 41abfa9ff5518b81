package dev.repli.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.criteria.Ruling.Outcome;
import dev.repli.criteria.process.TableOfFile;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.plan.Checks;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.Metric;
import dev.repli.plan.Plan;
import dev.repli.rollback.SamplePlan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One day, a sample every 30 s: which verdict was there when, and by which rule. */
class SimulatedDayTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration STEP = Duration.ofSeconds(30);
  private static final double NORMAL_LATENCY = 100;
  private final TwoClocks time = new TwoClocks(MIDNIGHT);
  private final KeptBreaches kept = new KeptBreaches();
  private final Plan plan =
      SamplePlan.of(
              new FakeDatabase(new VirtualTime()),
              List.of(),
              new Checks(List.of(), List.of(), List.of()))
          .with(CriteriaRules.USUAL);
  private EvaluateCriteria criteria = criteria();

  /** What is measured from a time of day on; empty while nothing is. */
  private final NavigableMap<LocalTime, Optional<Sample>> script = new TreeMap<>();

  private EvaluateCriteria criteria() {
    return new EvaluateCriteria(
        List.of(),
        new BreachClocks(kept, time, time.monotonic()),
        new TableOfFile(),
        any -> Optional.of(NORMAL_LATENCY));
  }

  private void from(String when, double errors, double latency) {
    Sample sample =
        new Sample(
            Map.of(Metric.ERROR_RATE, errors, Metric.LATENCY_P95_MS, latency), Optional.empty());
    script.put(LocalTime.parse(when), Optional.of(sample));
  }

  private void nothingFrom(String when) {
    script.put(LocalTime.parse(when), Optional.empty());
  }

  @Test
  void givesExactlyTheExpectedVerdictsAtTheExpectedTimes() {
    from("00:00:00", 0, 100);
    from("01:00:00", 0, 119); // + 19 %: normal
    from("02:00:00", 0, 121); // + 21 %: watched after 15 min
    from("03:00:00", 0, 100);
    from("04:00:00", 0.06, 100); // above 0.1 % at once, above 5 % after 10 min
    from("04:30:00", 0.0005, 100);
    from("05:00:00", 0.6, 100); // 4 min 30 s only: high never comes, critical neither
    from("05:04:30", 0, 100);
    from("06:00:00", 0.6, 100); // critical after 5 min
    from("06:20:00", 0, 100);
    nothingFrom("07:00:00"); // unknown 2 min later
    from("08:00:00", 0, 100);
    from("09:00:00", 0, 230); // medium after 30 min
    from("10:00:00", 0, 600); // high after 10 min
    from("11:00:00", 0, 100);

    assertThat(day())
        .containsExactly(
            "00:00:00 CONTINUE",
            "02:15:30 WATCH latency-low",
            "03:00:00 CONTINUE",
            "04:00:00 WATCH errors-low",
            "04:10:30 ROLLBACK_RECOMMENDED errors-high",
            "04:30:00 CONTINUE",
            "05:00:00 WATCH errors-low",
            "05:04:30 CONTINUE",
            "06:00:00 WATCH errors-low",
            "06:05:30 ROLLBACK_NOW errors-critical",
            "06:20:00 CONTINUE",
            "07:02:00 INCONCLUSIVE errors-critical",
            "08:00:00 CONTINUE",
            "09:15:30 WATCH latency-low",
            "09:30:30 ROLLBACK_RECOMMENDED latency-medium",
            "10:10:30 ROLLBACK_RECOMMENDED latency-high",
            "11:00:00 CONTINUE");
  }

  @Test
  void staysTheSameWhenTheProcessRestartsEveryHourAndTheWallClockJumps() {
    from("00:00:00", 0, 100);
    from("12:58:00", 0.6, 100);
    from("14:00:00", 0, 100);

    List<String> verdicts = new ArrayList<>();
    for (int step = 0; step < steps(); step++) {
      if (step % 120 == 0) {
        time.restart();
        criteria = criteria();
      }
      look(step, verdicts);
    }

    assertThat(verdicts)
        .containsExactly(
            "00:00:00 CONTINUE",
            "12:58:00 WATCH errors-low",
            "13:03:30 ROLLBACK_NOW errors-critical",
            "14:00:00 CONTINUE");
  }

  private List<String> day() {
    List<String> verdicts = new ArrayList<>();
    for (int step = 0; step < steps(); step++) {
      look(step, verdicts);
    }
    return verdicts;
  }

  private static int steps() {
    return (int) Duration.ofHours(24).dividedBy(STEP);
  }

  /** Notes a verdict when it is another one than before. */
  private void look(int step, List<String> verdicts) {
    LocalTime now = MIDNIGHT.plus(STEP.multipliedBy(step)).atOffset(ZoneOffset.UTC).toLocalTime();
    script.floorEntry(now).getValue().ifPresent(sample -> criteria.take(plan, sample));
    Judgement found = criteria.evaluate(plan, Optional.empty());
    String what =
        (found.outcome() + " " + (found.outcome() == Outcome.CONTINUE ? "" : found.rule())).strip();
    String before = verdicts.isEmpty() ? "" : verdicts.get(verdicts.size() - 1);
    if (!before.endsWith(" " + what)) {
      verdicts.add(now.format(java.time.format.DateTimeFormatter.ISO_LOCAL_TIME) + " " + what);
    }
    time.pass(STEP);
  }
}

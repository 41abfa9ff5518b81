package dev.repli.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.criteria.Ruling.Outcome;
import dev.repli.criteria.process.TableOfFile;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.plan.Checks;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.Criterion;
import dev.repli.plan.Metric;
import dev.repli.plan.Plan;
import dev.repli.rollback.SamplePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was counted stands until somebody counts anew, but not for another writer. */
class OldCountsTest {
  private final TwoClocks time = new TwoClocks(Instant.parse("2026-03-01T12:00:00Z"));
  private Optional<Instant> moved = Optional.empty();
  private final EvaluateCriteria criteria =
      new EvaluateCriteria(
          List.of(),
          new BreachClocks(new KeptBreaches(), time, time.monotonic()),
          new TableOfFile(),
          new Baselines() {
            @Override
            public Optional<Double> latency(Plan plan) {
              return Optional.of(100.0);
            }

            @Override
            public Optional<Instant> writerMoved(Plan plan) {
              return moved;
            }
          });
  private final Plan plan =
      SamplePlan.of(
              new FakeDatabase(new VirtualTime()),
              List.of(),
              new Checks(List.of(), List.of(), List.of()))
          .with(CriteriaRules.USUAL);

  private void counted(double rows) {
    criteria.take(
        plan,
        new Sample(
            Map.of(Metric.MISSING_ROWS, rows, Metric.ERROR_RATE, 0.0, Metric.LATENCY_P95_MS, 100.0),
            Optional.empty()));
  }

  private Judgement judged() {
    return criteria.evaluate(plan, Optional.empty());
  }

  @Test
  void whatWasCountedBeforeTheWriterMovedIsAboutAnother() {
    counted(5);
    assertThat(judged().outcome()).isEqualTo(Outcome.ROLLBACK_NOW);
    assertThat(judged().value()).contains("= 5, reported 2026-03-01T12:00:00Z");
    time.pass(Duration.ofSeconds(1));

    moved = Optional.of(time.instant());

    assertThat(judged().outcome()).isEqualTo(Outcome.CONTINUE);
  }

  @Test
  void whatIsCountedAfterwardsCounts() {
    moved = Optional.of(time.instant());
    time.pass(Duration.ofSeconds(1));

    counted(5);

    assertThat(judged().outcome()).isEqualTo(Outcome.ROLLBACK_NOW);
  }

  @Test
  void whatIsMeasuredAllTheTimeOrSaidByAnAlertIsNotForgotten() {
    BreachClocks clocks = new BreachClocks(new KeptBreaches(), time, time.monotonic());
    clocks.declare(plan.id(), Criterion.DATA_MISSING, true);
    Reading said =
        clocks.read(plan.id(), CriteriaRules.USUAL).stream()
            .filter(reading -> reading.criterion() == Criterion.DATA_MISSING)
            .findFirst()
            .orElseThrow();

    assertThat(said.after(time.instant().plusSeconds(60))).isEqualTo(said);
  }
}

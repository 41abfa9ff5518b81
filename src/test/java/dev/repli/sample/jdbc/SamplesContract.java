package dev.repli.sample.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.PlanId;
import dev.repli.sample.Point;
import dev.repli.sample.Series;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the table of samples does on every kind of database. */
abstract class SamplesContract {
  private static final PlanId PLAN = new PlanId("shop");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private JdbcSamples samples;

  /** An empty database with every table. */
  abstract DataSource database();

  @BeforeEach
  void open() {
    samples = new JdbcSamples(JdbcClient.create(database()));
  }

  private static Point point(int minute, double value) {
    return new Point(NOON.plus(Duration.ofMinutes(minute)), value);
  }

  @Test
  void keepsEachSeriesOfAPlanApartAndInOrder() {
    samples.keep(PLAN, Series.LAG, point(2, 0.5));
    samples.keep(PLAN, Series.LAG, point(1, 0.25));
    samples.keep(PLAN, Series.LAG, point(1, 9));
    samples.keep(PLAN, Series.ERROR_RATE, point(1, 0.9));
    samples.keep(new PlanId("books"), Series.LAG, point(1, 7));

    assertThat(samples.between(PLAN, Series.LAG, NOON, NOON.plus(Duration.ofMinutes(5))))
        .as("the second of one millisecond is dropped")
        .containsExactly(point(1, 0.25), point(2, 0.5));
    assertThat(samples.between(PLAN, Series.LAG, point(2, 0).at(), point(3, 0).at()))
        .containsExactly(point(2, 0.5));
    assertThat(samples.newest(PLAN, Series.LAG)).contains(point(2, 0).at());
    assertThat(samples.newest(PLAN, Series.WRITERS)).isEmpty();
  }

  @Test
  void forgetsWhatIsOld() {
    samples.keep(PLAN, Series.LAG, point(1, 1));
    samples.keep(PLAN, Series.LAG, point(9, 2));
    samples.forgetBefore(point(5, 0).at());

    assertThat(samples.between(PLAN, Series.LAG, NOON, point(60, 0).at()))
        .containsExactly(point(9, 2));
  }
}

package dev.repli.sample.jdbc;

import dev.repli.plan.PlanId;
import dev.repli.sample.Point;
import dev.repli.sample.Samples;
import dev.repli.sample.Series;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code repli_sample}. */
@Component
@DependsOnDatabaseInitialization
class JdbcSamples implements Samples {
  private final JdbcClient jdbc;

  JdbcSamples(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void keep(PlanId plan, Series series, Point point) {
    try {
      jdbc.sql("insert into repli_sample (plan_id, series, at_ms, seen) values (?, ?, ?, ?)")
          .params(plan.value(), series.name(), point.at().toEpochMilli(), point.value())
          .update();
    } catch (DuplicateKeyException e) {
      // another Repli on the same database keeps them too
    }
  }

  @Override
  public List<Point> between(PlanId plan, Series series, Instant from, Instant until) {
    return jdbc.sql(
            "select at_ms, seen from repli_sample where plan_id = ? and series = ? and at_ms >= ?"
                + " and at_ms <= ? order by at_ms")
        .params(plan.value(), series.name(), from.toEpochMilli(), until.toEpochMilli())
        .query((row, number) -> new Point(Instant.ofEpochMilli(row.getLong(1)), row.getDouble(2)))
        .list();
  }

  @Override
  public Optional<Instant> newest(PlanId plan, Series series) {
    return jdbc.sql(
            "select at_ms from repli_sample where plan_id = ? and series = ? order by at_ms desc"
                + " limit 1")
        .params(plan.value(), series.name())
        .query(Long.class)
        .optional()
        .map(Instant::ofEpochMilli);
  }

  @Override
  public void forgetBefore(Instant time) {
    jdbc.sql("delete from repli_sample where at_ms < ?").param(time.toEpochMilli()).update();
  }
}

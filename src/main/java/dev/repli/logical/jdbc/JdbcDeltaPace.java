package dev.repli.logical.jdbc;

import dev.repli.logical.DeltaPace;
import dev.repli.logical.DeltaPart;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code repli_delta_pace}. */
@Component
final class JdbcDeltaPace implements DeltaPace {
  private final JdbcClient jdbc;

  JdbcDeltaPace(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void keep(Leg leg) {
    jdbc.sql(
            "insert into repli_delta_pace"
                + " (plan_id, part, run_key, changes, transactions, took_ms, ended_at)"
                + " values (?, ?, ?, ?, ?, ?, ?)")
        .params(
            leg.plan().value(),
            leg.part().name(),
            leg.run().value(),
            leg.changes(),
            leg.transactions(),
            leg.took().toMillis(),
            leg.ended().toEpochMilli())
        .update();
  }

  @Override
  public List<Leg> newest(PlanId plan, DeltaPart part, int most) {
    return jdbc.sql(
            "select * from repli_delta_pace where plan_id = ? and part = ?"
                + " order by ended_at desc, id desc limit "
                + most)
        .params(plan.value(), part.name())
        .query(JdbcDeltaPace::leg)
        .list();
  }

  private static Leg leg(ResultSet row, int index) throws SQLException {
    return new Leg(
        new PlanId(row.getString("plan_id")),
        DeltaPart.valueOf(row.getString("part")),
        new RunKey(row.getString("run_key")),
        row.getLong("changes"),
        row.getLong("transactions"),
        Duration.ofMillis(row.getLong("took_ms")),
        Instant.ofEpochMilli(row.getLong("ended_at")));
  }
}

package dev.repli.criteria.jdbc;

import dev.repli.criteria.Breach;
import dev.repli.criteria.BreachStore;
import dev.repli.plan.Criterion;
import dev.repli.plan.PlanId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The table {@code repli_breach}. */
final class JdbcBreaches implements BreachStore {
  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;

  JdbcBreaches(JdbcClient jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @Override
  public List<Breach> of(PlanId plan) {
    return jdbc
        .sql("select * from repli_breach where plan_id = ?")
        .param(plan.value())
        // written by a newer Repli: no criterion of this one
        .query((row, number) -> known(row) ? Optional.of(breach(row)) : Optional.<Breach>empty())
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  @Override
  public void keep(PlanId plan, List<Breach> breaches) {
    transaction.executeWithoutResult(status -> breaches.forEach(breach -> keep(plan, breach)));
  }

  private void keep(PlanId plan, Breach breach) {
    jdbc.sql("delete from repli_breach where plan_id = ? and criterion = ?")
        .params(plan.value(), breach.criterion().name())
        .update();
    jdbc.sql(
            "insert into repli_breach (plan_id, criterion, seen_value, threshold, since_ms, held_ms,"
                + " asserted, sample_at, seen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            Arrays.asList(
                plan.value(),
                breach.criterion().name(),
                breach.value(),
                breach.threshold().orElse(null),
                breach.since().map(Instant::toEpochMilli).orElse(null),
                breach.held().toMillis(),
                breach.asserted(),
                breach.sampleAt().toEpochMilli(),
                breach.seenAt().toEpochMilli()))
        .update();
  }

  private static boolean known(ResultSet row) throws SQLException {
    String name = row.getString("criterion");
    return Arrays.stream(Criterion.values()).anyMatch(any -> any.name().equals(name));
  }

  private static Breach breach(ResultSet row) throws SQLException {
    @Nullable Double threshold = row.getObject("threshold", Double.class);
    @Nullable Long since = row.getObject("since_ms", Long.class);
    return new Breach(
        Criterion.valueOf(row.getString("criterion")),
        row.getDouble("seen_value"),
        Optional.ofNullable(threshold),
        Optional.ofNullable(since).map(Instant::ofEpochMilli),
        Duration.ofMillis(row.getLong("held_ms")),
        row.getBoolean("asserted"),
        Instant.ofEpochMilli(row.getLong("sample_at")),
        Instant.ofEpochMilli(row.getLong("seen_at")));
  }
}

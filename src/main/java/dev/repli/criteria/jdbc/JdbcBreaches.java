package dev.repli.criteria.jdbc;

import dev.repli.criteria.Breach;
import dev.repli.criteria.BreachStore;
import dev.repli.plan.Criterion;
import dev.repli.plan.PlanId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The table {@code repli_breach}. */
final class JdbcBreaches implements BreachStore {
  private static final int TRIES = 5;
  private final JdbcClient jdbc;
  private final TransactionTemplate own;

  /**
   * Each call has a transaction of its own, whatever the caller is in: rows locked until a step of
   * one triage commits would hold up another one, and a step that fails would take samples back.
   */
  JdbcBreaches(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @Override
  public List<Breach> of(PlanId plan) {
    List<Breach> found = own.execute(status -> read(plan));
    return found == null ? List.of() : found;
  }

  private List<Breach> read(PlanId plan) {
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
    keep(plan, breaches, this::update);
  }

  @Override
  public void measured(PlanId plan, List<Breach> breaches) {
    keep(plan, breaches, this::updateMeasured);
  }

  /** Another Repli may keep the same one at the same time; then its row is there the next time. */
  private void keep(
      PlanId plan, List<Breach> breaches, BiFunction<PlanId, Breach, Integer> update) {
    for (int attempt = 1; ; attempt++) {
      try {
        own.executeWithoutResult(
            status -> breaches.forEach(breach -> updateOrInsert(plan, breach, update)));
        return;
      } catch (DuplicateKeyException | ConcurrencyFailureException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private void updateOrInsert(
      PlanId plan, Breach breach, BiFunction<PlanId, Breach, Integer> update) {
    if (update.apply(plan, breach) == 0) {
      insert(plan, breach);
    }
  }

  private int update(PlanId plan, Breach breach) {
    List<@Nullable Object> values = new ArrayList<>(measures(breach));
    values.add(breach.asserted());
    values.add(plan.value());
    values.add(breach.criterion().name());
    return jdbc.sql(
            "update repli_breach set seen_value = ?, threshold = ?, since_ms = ?, held_ms = ?,"
                + " sample_at = ?, seen_at = ?, asserted = ? where plan_id = ? and criterion = ?")
        .params(values)
        .update();
  }

  private int updateMeasured(PlanId plan, Breach breach) {
    List<@Nullable Object> values = new ArrayList<>(measures(breach));
    values.add(plan.value());
    values.add(breach.criterion().name());
    return jdbc.sql(
            "update repli_breach set seen_value = ?, threshold = ?, since_ms = ?, held_ms = ?,"
                + " sample_at = ?, seen_at = ? where plan_id = ? and criterion = ?")
        .params(values)
        .update();
  }

  private void insert(PlanId plan, Breach breach) {
    List<@Nullable Object> values = new ArrayList<>(measures(breach));
    values.add(breach.asserted());
    values.add(plan.value());
    values.add(breach.criterion().name());
    jdbc.sql(
            "insert into repli_breach (seen_value, threshold, since_ms, held_ms, sample_at, seen_at,"
                + " asserted, plan_id, criterion) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(values)
        .update();
  }

  private static List<@Nullable Object> measures(Breach breach) {
    return Arrays.asList(
        breach.value(),
        breach.threshold().orElse(null),
        breach.since().map(Instant::toEpochMilli).orElse(null),
        breach.held().toMillis(),
        breach.sampleAt().toEpochMilli(),
        breach.seenAt().toEpochMilli());
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

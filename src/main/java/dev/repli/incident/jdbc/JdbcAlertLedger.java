package dev.repli.incident.jdbc;

import dev.repli.incident.AlertLedger;
import dev.repli.plan.Criterion;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows of {@code repli_alert}. */
@Component
class JdbcAlertLedger implements AlertLedger {
  private static final int AT_ONCE = 500;
  private static final int TRIES = 5;
  private final JdbcTemplate jdbc;
  private final NamedParameterJdbcTemplate named;
  private final TransactionTemplate own;

  JdbcAlertLedger(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.named = new NamedParameterJdbcTemplate(jdbc);
    this.own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  private <T> T alone(Supplier<T> work) {
    return java.util.Objects.requireNonNull(own.execute(status -> work.get()));
  }

  @Override
  public Map<String, Known> known(PlanId plan, Collection<String> ids) {
    return alone(() -> look(plan, ids));
  }

  private Map<String, Known> look(PlanId plan, Collection<String> ids) {
    Map<String, Known> known = new HashMap<>();
    for (List<String> some : parts(List.copyOf(ids))) {
      named
          .query(
              "select * from repli_alert where plan_id = :plan and alert_id in (:ids)",
              Map.of("plan", plan.value(), "ids", some),
              (row, number) -> alert(row))
          .stream()
          .flatMap(Optional::stream)
          .forEach(found -> known.put(found.id(), found));
    }
    return known;
  }

  private static List<List<String>> parts(List<String> ids) {
    List<List<String>> parts = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      parts.add(ids.subList(from, Math.min(ids.size(), from + AT_ONCE)));
    }
    return parts;
  }

  /**
   * Another Repli may keep the same alert at the same time; then its row is there the next time.
   */
  @Override
  public void note(PlanId plan, List<Known> alerts, Instant heardAt) {
    for (int attempt = 1; ; attempt++) {
      try {
        own.executeWithoutResult(status -> keep(plan, alerts, heardAt.toEpochMilli()));
        return;
      } catch (DuplicateKeyException | ConcurrencyFailureException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  /** What is older than what is known changes nothing. */
  private void keep(PlanId plan, List<Known> alerts, long heard) {
    Set<String> there = look(plan, alerts.stream().map(Known::id).toList()).keySet();
    List<Object[]> old = new ArrayList<>();
    List<Object[]> fresh = new ArrayList<>();
    for (Known alert : alerts) {
      (there.contains(alert.id()) ? old : fresh).add(values(plan, alert, heard));
    }
    old.forEach(
        values ->
            jdbc.update(
                "update repli_alert set criterion = ?, firing = ?, at_ms = ?, run_key = ?,"
                    + " heard_ms = ? where plan_id = ? and alert_id = ? and at_ms <= ?",
                with(values, values[2])));
    int[] unused =
        jdbc.batchUpdate(
            "insert into repli_alert (criterion, firing, at_ms, run_key, heard_ms, plan_id,"
                + " alert_id) values (?, ?, ?, ?, ?, ?, ?)",
            fresh);
  }

  private static Object[] with(Object[] values, Object last) {
    Object[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = last;
    return longer;
  }

  private static Object[] values(PlanId plan, Known alert, long heard) {
    return new Object[] {
      alert.criterion().name(),
      alert.firing(),
      alert.at().toEpochMilli(),
      alert.run().map(RunKey::value).orElse(""),
      heard,
      plan.value(),
      alert.id()
    };
  }

  @Override
  public Map<Known, Instant> silent(PlanId plan, Instant since) {
    return alone(
        () -> {
          Map<Known, Instant> silent = new HashMap<>();
          jdbc.query(
              "select * from repli_alert where plan_id = ? and firing = true and heard_ms < ?",
              row -> {
                Instant heard = Instant.ofEpochMilli(row.getLong("heard_ms"));
                alert(row).ifPresent(known -> silent.put(known, heard));
              },
              plan.value(),
              since.toEpochMilli());
          return silent;
        });
  }

  @Override
  public Set<Criterion> firing(PlanId plan) {
    return alone(
        () ->
            jdbc
                .queryForList(
                    "select distinct criterion from repli_alert where plan_id = ? and firing = true",
                    String.class,
                    plan.value())
                .stream()
                .flatMap(name -> criterion(name).stream())
                .collect(Collectors.toSet()));
  }

  @Override
  public void end(PlanId plan, Criterion criterion, Instant at) {
    own.executeWithoutResult(
        status ->
            jdbc.update(
                "update repli_alert set firing = false, at_ms = ?"
                    + " where plan_id = ? and criterion = ? and firing = true",
                at.toEpochMilli(),
                plan.value(),
                criterion.name()));
  }

  @Override
  public void forget(PlanId plan, Instant endedBefore) {
    own.executeWithoutResult(
        status ->
            jdbc.update(
                "delete from repli_alert where plan_id = ? and firing = false and at_ms < ?",
                plan.value(),
                endedBefore.toEpochMilli()));
  }

  /** Empty for one that a newer Repli knows. */
  private static Optional<Criterion> criterion(String name) {
    return Arrays.stream(Criterion.values()).filter(any -> any.name().equals(name)).findFirst();
  }

  private static Optional<Known> alert(ResultSet row) throws SQLException {
    String id = row.getString("alert_id");
    boolean firing = row.getBoolean("firing");
    Instant at = Instant.ofEpochMilli(row.getLong("at_ms"));
    String run = row.getString("run_key");
    return criterion(row.getString("criterion"))
        .map(
            criterion ->
                new Known(
                    id,
                    criterion,
                    firing,
                    at,
                    Optional.of(run).filter(key -> !key.isEmpty()).map(RunKey::new)));
  }
}

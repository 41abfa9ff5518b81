package dev.repli.comparison.jdbc;

import dev.repli.comparison.ComparisonClaims;
import dev.repli.comparison.ComparisonId;
import java.time.Instant;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** One row for each comparison that was ever taken; an empty owner is nobody. */
@Component
final class JdbcComparisonClaims implements ComparisonClaims {
  private final JdbcClient jdbc;
  private final TransactionTemplate own;

  /** Each call has a transaction of its own, whatever the caller is in. */
  JdbcComparisonClaims(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @Override
  public boolean take(ComparisonId id, String owner, Instant now, Instant deadBefore) {
    return taken(id, owner, now, deadBefore) || begun(id, owner, now);
  }

  private boolean taken(ComparisonId id, String owner, Instant now, Instant deadBefore) {
    return changed(
        jdbc.sql(
                "update repli_comparison_claim set owner = ?, beat_at = ? where comparison_id = ?"
                    + " and (owner = ? or owner = '' or beat_at < ?)")
            .params(owner, now.toEpochMilli(), id.value(), owner, deadBefore.toEpochMilli()));
  }

  private boolean begun(ComparisonId id, String owner, Instant now) {
    try {
      return !known(id)
          && changed(
              jdbc.sql(
                      "insert into repli_comparison_claim"
                          + " (comparison_id, owner, beat_at, wanted_until) values (?, ?, ?, 0)")
                  .params(id.value(), owner, now.toEpochMilli()));
    } catch (DuplicateKeyException another) {
      return false;
    }
  }

  private boolean known(ComparisonId id) {
    Boolean known =
        own.execute(
            status ->
                jdbc.sql("select count(*) from repli_comparison_claim where comparison_id = ?")
                        .param(id.value())
                        .query(Long.class)
                        .single()
                    > 0);
    return Boolean.TRUE.equals(known);
  }

  @Override
  public void beat(ComparisonId id, String owner, Instant now) {
    changed(
        jdbc.sql(
                "update repli_comparison_claim set beat_at = ?"
                    + " where comparison_id = ? and owner = ?")
            .params(now.toEpochMilli(), id.value(), owner));
  }

  @Override
  public void want(ComparisonId id, Instant until) {
    changed(
        jdbc.sql(
                "update repli_comparison_claim set wanted_until = ?"
                    + " where comparison_id = ? and wanted_until < ?")
            .params(until.toEpochMilli(), id.value(), until.toEpochMilli()));
  }

  @Override
  public boolean goesOn(ComparisonId id, String owner, Instant now) {
    Boolean goesOn =
        own.execute(
            status ->
                jdbc.sql(
                            "select count(*) from repli_comparison_claim"
                                + " where comparison_id = ? and owner = ? and wanted_until > ?")
                        .params(id.value(), owner, now.toEpochMilli())
                        .query(Long.class)
                        .single()
                    > 0);
    return Boolean.TRUE.equals(goesOn);
  }

  @Override
  public void release(ComparisonId id, String owner) {
    changed(
        jdbc.sql(
                "update repli_comparison_claim set owner = ''"
                    + " where comparison_id = ? and owner = ?")
            .params(id.value(), owner));
  }

  private boolean changed(JdbcClient.StatementSpec statement) {
    Integer rows = own.execute(status -> statement.update());
    return rows != null && rows == 1;
  }
}

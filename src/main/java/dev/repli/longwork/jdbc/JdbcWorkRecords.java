package dev.repli.longwork.jdbc;

import dev.repli.longwork.WorkProgress;
import dev.repli.longwork.WorkProgress.Amount;
import dev.repli.longwork.WorkProgress.State;
import dev.repli.longwork.WorkRecords;
import dev.repli.run.RunKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** One row for each work of a run. */
@Component
final class JdbcWorkRecords implements WorkRecords {
  private static final int LONGEST_TEXT = 2000;
  private static final String ONE = " where run_key = ? and work = ?";
  private final JdbcClient jdbc;
  private final TransactionTemplate own;

  /** Each call has a transaction of its own, whatever the caller is in. */
  JdbcWorkRecords(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @Override
  public long begin(RunKey run, String work, String node, Instant now) {
    Long token = own.execute(status -> taken(run, work, node, now));
    return token == null ? 0 : token;
  }

  /** Two that begin at once cannot both insert: the engine's lock is one node's, the key unique. */
  private long taken(RunKey run, String work, String node, Instant now) {
    int known =
        jdbc.sql(
                "update repli_work set token = token + 1, node = ?, state = 'RUNNING', done = 0,"
                    + " of_all = 0, unit = '', begun_at = ?, beat_at = ?, said = ''"
                    + ONE)
            .params(node, now.toEpochMilli(), now.toEpochMilli(), run.value(), work)
            .update();
    if (known == 0) {
      jdbc.sql(
              "insert into repli_work (run_key, work, token, node, state, done, of_all, unit,"
                  + " first_at, begun_at, beat_at, said)"
                  + " values (?, ?, 1, ?, 'RUNNING', 0, 0, '', ?, ?, ?, '')")
          .params(
              run.value(), work, node, now.toEpochMilli(), now.toEpochMilli(), now.toEpochMilli())
          .update();
    }
    return jdbc.sql("select token from repli_work" + ONE)
        .params(run.value(), work)
        .query(Long.class)
        .single();
  }

  @Override
  public boolean beat(RunKey run, String work, long token, Amount amount, Instant now) {
    return changed(
        jdbc.sql(
                "update repli_work set done = ?, of_all = ?, unit = ?, beat_at = ?"
                    + ONE
                    + " and token = ? and state = 'RUNNING'")
            .params(
                amount.done(),
                amount.of(),
                amount.unit(),
                now.toEpochMilli(),
                run.value(),
                work,
                token));
  }

  @Override
  public boolean isOf(RunKey run, String work, long token) {
    Long found =
        own.execute(
            status ->
                jdbc.sql(
                        "select count(*) from repli_work"
                            + ONE
                            + " and token = ? and state = 'RUNNING'")
                    .params(run.value(), work, token)
                    .query(Long.class)
                    .single());
    return found != null && found == 1;
  }

  @Override
  public void end(RunKey run, String work, long token, State state, String text, Instant now) {
    String said = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    boolean unused =
        changed(
            jdbc.sql(
                    "update repli_work set state = ?, said = ?, beat_at = ?"
                        + ONE
                        + " and token = ? and state = 'RUNNING'")
                .params(state.name(), said, now.toEpochMilli(), run.value(), work, token));
  }

  @Override
  public void retire(RunKey run) {
    boolean unused =
        changed(
            jdbc.sql(
                    "update repli_work set state = 'CANCELLED', said = 'its run has ended',"
                        + " token = token + 1 where run_key = ? and state = 'RUNNING'")
                .param(run.value()));
  }

  @Override
  public List<WorkProgress> of(RunKey run) {
    List<WorkProgress> all =
        own.execute(
            status ->
                jdbc.sql("select * from repli_work where run_key = ? order by first_at, work")
                    .param(run.value())
                    .query((row, number) -> progress(row))
                    .list());
    return all == null ? List.of() : all;
  }

  private static WorkProgress progress(ResultSet row) throws SQLException {
    return new WorkProgress(
        row.getString("work"),
        row.getLong("token"),
        row.getString("node"),
        State.valueOf(row.getString("state")),
        new Amount(row.getLong("done"), row.getLong("of_all"), row.getString("unit")),
        Instant.ofEpochMilli(row.getLong("begun_at")),
        Instant.ofEpochMilli(row.getLong("beat_at")),
        row.getString("said"));
  }

  private boolean changed(JdbcClient.StatementSpec statement) {
    Integer rows = own.execute(status -> statement.update());
    return rows != null && rows == 1;
  }
}

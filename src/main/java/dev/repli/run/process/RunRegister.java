package dev.repli.run.process;

import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import dev.repli.run.Runs.Request;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables of runs and of the plans that they occupy. Takes part in the transaction around it:
 * the unique keys decide which of several equal requests wins, on all nodes of a cluster.
 */
final class RunRegister {
  private final JdbcClient jdbc;

  RunRegister(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One registered run.
   *
   * @param processInstanceId null only inside the transaction that starts it
   */
  record Row(
      RunKey key,
      String runbook,
      PlanId plan,
      @Nullable String processInstanceId,
      String requestedBy,
      boolean dryRun,
      Instant startedAt) {}

  /**
   * Takes the key.
   *
   * @throws org.springframework.dao.DuplicateKeyException when it was ever used
   */
  void insert(Request request, Instant now) {
    jdbc.sql(
            "insert into repli_run (run_key, runbook, plan_id, requested_by, dry_run, started_at)"
                + " values (?, ?, ?, ?, ?, ?)")
        .params(
            request.key().value(),
            request.runbook(),
            request.plan().value(),
            request.requestedBy(),
            request.dryRun(),
            now.toEpochMilli())
        .update();
  }

  void started(RunKey key, String processInstanceId) {
    jdbc.sql("update repli_run set process_instance_id = ? where run_key = ?")
        .params(processInstanceId, key.value())
        .update();
  }

  Optional<Row> find(RunKey key) {
    return jdbc.sql("select * from repli_run where run_key = ?")
        .param(key.value())
        .query(RunRegister::row)
        .optional();
  }

  List<Row> newest(int limit) {
    return jdbc.sql("select * from repli_run order by started_at desc, run_key desc limit ?")
        .param(limit)
        .query(RunRegister::row)
        .list();
  }

  List<Row> newest(PlanId plan, int limit) {
    return jdbc.sql(
            "select * from repli_run where plan_id = ?"
                + " order by started_at desc, run_key desc limit ?")
        .params(plan.value(), limit)
        .query(RunRegister::row)
        .list();
  }

  List<Row> newestReal(PlanId plan, String runbook, int limit) {
    return jdbc.sql(
            "select * from repli_run where plan_id = ? and runbook = ? and dry_run = ?"
                + " order by started_at desc, run_key desc limit ?")
        .params(plan.value(), runbook, false, limit)
        .query(RunRegister::row)
        .list();
  }

  /** The run that claimed the plan last, whether it has ended or not. */
  Optional<RunKey> claimant(PlanId plan) {
    return jdbc.sql("select run_key from repli_plan_claim where plan_id = ?")
        .param(plan.value())
        .query(String.class)
        .optional()
        .map(RunKey::new);
  }

  /**
   * Claims a plan that nobody ever claimed.
   *
   * @throws org.springframework.dao.DuplicateKeyException when another one was faster
   */
  void claim(PlanId plan, RunKey key) {
    jdbc.sql("insert into repli_plan_claim (plan_id, run_key) values (?, ?)")
        .params(plan.value(), key.value())
        .update();
  }

  /** Takes the plan over from a run that has ended; false when another one was faster. */
  boolean takeOver(PlanId plan, RunKey from, RunKey key) {
    return jdbc.sql("update repli_plan_claim set run_key = ? where plan_id = ? and run_key = ?")
            .params(key.value(), plan.value(), from.value())
            .update()
        == 1;
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    return new Row(
        new RunKey(row.getString("run_key")),
        row.getString("runbook"),
        new PlanId(row.getString("plan_id")),
        row.getString("process_instance_id"),
        row.getString("requested_by"),
        row.getBoolean("dry_run"),
        Instant.ofEpochMilli(row.getLong("started_at")));
  }
}

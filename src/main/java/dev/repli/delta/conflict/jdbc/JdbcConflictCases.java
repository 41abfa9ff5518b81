package dev.repli.delta.conflict.jdbc;

import dev.repli.delta.conflict.ConflictCases;
import dev.repli.delta.imports.ImportId;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code repli_conflict_case}, written in the transaction of the step. */
@Component
final class JdbcConflictCases implements ConflictCases {
  private final JdbcClient jdbc;

  JdbcConflictCases(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void open(Known known) {
    int there =
        jdbc.sql(
                "update repli_conflict_case set run_key = ?, plan_id = ?, plan_hash = ?"
                    + " where import_id = ?")
            .params(known.run().value(), known.plan().value(), known.planHash(), known.id().value())
            .update();
    if (there == 0) {
      jdbc.sql(
              "insert into repli_conflict_case (import_id, run_key, plan_id, plan_hash, turn)"
                  + " select ?, ?, ?, ?, count(*) from repli_conflict_case where run_key = ?")
          .params(
              known.id().value(),
              known.run().value(),
              known.plan().value(),
              known.planHash(),
              known.run().value())
          .update();
    }
  }

  @Override
  public Optional<Known> of(RunKey run) {
    return jdbc.sql(
            "select import_id, plan_id, plan_hash from repli_conflict_case where run_key = ?"
                + " order by turn desc limit 1")
        .param(run.value())
        .query(
            (row, number) ->
                new Known(
                    new ImportId(row.getString(1)),
                    run,
                    new PlanId(row.getString(2)),
                    row.getString(3)))
        .optional();
  }
}

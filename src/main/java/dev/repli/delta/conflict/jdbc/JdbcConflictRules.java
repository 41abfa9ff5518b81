package dev.repli.delta.conflict.jdbc;

import dev.repli.delta.conflict.ConflictRule;
import dev.repli.delta.conflict.ConflictRule.Kind;
import dev.repli.delta.conflict.ConflictRules;
import dev.repli.run.RunKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rows of {@code repli_conflict_rule}, written in the transaction that completes the task. */
@Component
final class JdbcConflictRules implements ConflictRules {
  private static final String ALL =
      "select rule_id, run_key, kind, table_name, column_name, proposed_by, reason, proposed_at"
          + " from repli_conflict_rule ";

  private final JdbcClient jdbc;

  JdbcConflictRules(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void propose(ConflictRule rule) {
    jdbc.sql(
            "insert into repli_conflict_rule (rule_id, run_key, kind, table_name, column_name,"
                + " proposed_by, reason, proposed_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            rule.id(),
            rule.run().value(),
            rule.kind().name(),
            rule.table(),
            rule.column(),
            rule.proposedBy(),
            rule.reason(),
            Timestamp.from(rule.at()))
        .update();
  }

  @Override
  public Optional<ConflictRule> find(String id) {
    return jdbc.sql(ALL + "where rule_id = ?")
        .param(id)
        .query((row, number) -> rule(row))
        .optional();
  }

  @Override
  public List<ConflictRule> ofRun(RunKey run) {
    return jdbc.sql(ALL + "where run_key = ? order by proposed_at")
        .param(run.value())
        .query((row, number) -> rule(row))
        .list();
  }

  private static ConflictRule rule(ResultSet row) throws SQLException {
    return new ConflictRule(
        row.getString(1),
        new RunKey(row.getString(2)),
        Kind.valueOf(row.getString(3)),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getTimestamp(8).toInstant());
  }
}

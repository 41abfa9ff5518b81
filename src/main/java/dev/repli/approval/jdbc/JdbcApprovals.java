package dev.repli.approval.jdbc;

import dev.repli.approval.Approval;
import dev.repli.approval.Approvals;
import dev.repli.run.RunKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Rows of the table {@code approval}, written in the transaction that completes the task. */
@Component
class JdbcApprovals implements Approvals {
  private static final String ALL =
      "SELECT run_key, question, task, decision, who, given_at, answer, reason, fingerprint"
          + " FROM approval ";

  private final JdbcTemplate database;

  JdbcApprovals(JdbcTemplate database) {
    this.database = database;
  }

  @Override
  public void give(Approval approval) {
    try {
      database.update(
          "INSERT INTO approval (run_key, question, task, decision, who, given_at, answer, reason,"
              + " fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          approval.run().value(),
          approval.question(),
          approval.task(),
          approval.decision(),
          approval.who(),
          Timestamp.from(approval.at()),
          approval.answer().name(),
          approval.reason(),
          approval.fingerprint());
    } catch (DuplicateKeyException e) {
      throw new SamePersonException(approval.who(), e);
    }
  }

  @Override
  public List<Approval> of(RunKey run) {
    return database.query(
        ALL + "WHERE run_key = ? ORDER BY id", (row, number) -> approval(row), run.value());
  }

  @Override
  public Optional<Approval> in(String task) {
    return database.query(ALL + "WHERE task = ?", (row, number) -> approval(row), task).stream()
        .findFirst();
  }

  private static Approval approval(ResultSet row) throws SQLException {
    return new Approval(
        new RunKey(row.getString("run_key")),
        row.getString("question"),
        row.getString("task"),
        row.getString("decision"),
        row.getString("who"),
        row.getTimestamp("given_at").toInstant(),
        Approval.Answer.valueOf(row.getString("answer")),
        row.getString("reason"),
        row.getString("fingerprint"));
  }
}

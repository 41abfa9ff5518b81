package dev.repli.replication.copy;

import dev.repli.database.Position;
import dev.repli.replication.CopyMethod;
import dev.repli.run.RunKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table of copies. Every call is a transaction of its own: what was done outside stays done,
 * whatever becomes of the engine's transaction around it.
 */
final class CopyRecords {
  private final JdbcClient jdbc;
  private final TransactionTemplate own;

  CopyRecords(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  Optional<CopyRecord> find(RunKey run) {
    return own.execute(
        status ->
            jdbc.sql("select * from repli_copy where run_key = ?")
                .param(run.value())
                .query((row, number) -> read(row))
                .optional());
  }

  /** False when another Repli was faster. */
  boolean insert(CopyRecord copy) {
    try {
      own.executeWithoutResult(
          status ->
              jdbc.sql("insert into repli_copy values (?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
                  .params(
                      copy.run().value(),
                      copy.method().name(),
                      copy.phase().name(),
                      copy.workId(),
                      copy.loadBegun(),
                      copy.partsDone(),
                      copy.parts(),
                      copy.bytesDone(),
                      copy.bytes(),
                      kind(copy),
                      position(copy),
                      copy.failure(),
                      copy.owner(),
                      Timestamp.from(copy.beatAt()))
                  .update());
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }

  /** False when the copy belongs to another Repli by now: nothing may be done any more. */
  boolean save(CopyRecord copy, Instant now) {
    return changed(
        jdbc.sql(
                "update repli_copy set method = ?, phase = ?, work_id = ?, load_begun = ?,"
                    + " parts_done = ?, parts = ?, bytes_done = ?, bytes = ?, start_kind = ?,"
                    + " start_position = ?, failure = ?, beat_at = ?"
                    + " where run_key = ? and owner = ?")
            .params(
                copy.method().name(),
                copy.phase().name(),
                copy.workId(),
                copy.loadBegun(),
                copy.partsDone(),
                copy.parts(),
                copy.bytesDone(),
                copy.bytes(),
                kind(copy),
                position(copy),
                copy.failure().substring(0, Math.min(2000, copy.failure().length())),
                Timestamp.from(now),
                copy.run().value(),
                copy.owner()));
  }

  /** Takes a copy from the owner that was seen with this beat; one of several wins. */
  boolean takeOver(CopyRecord seen, String owner, Instant now) {
    return changed(
        jdbc.sql(
                "update repli_copy set owner = ?, beat_at = ?"
                    + " where run_key = ? and owner = ? and beat_at = ?")
            .params(
                owner,
                Timestamp.from(now),
                seen.run().value(),
                seen.owner(),
                Timestamp.from(seen.beatAt())));
  }

  void delete(RunKey run) {
    changed(jdbc.sql("delete from repli_copy where run_key = ?").param(run.value()));
  }

  private boolean changed(JdbcClient.StatementSpec statement) {
    Integer rows = own.execute(status -> statement.update());
    return rows != null && rows == 1;
  }

  private static String kind(CopyRecord copy) {
    return copy.start().map(start -> start.kind().name()).orElse("");
  }

  private static String position(CopyRecord copy) {
    return copy.start().map(Position::value).orElse("");
  }

  private static CopyRecord read(ResultSet row) throws SQLException {
    String kind = row.getString("start_kind");
    return new CopyRecord(
        new RunKey(row.getString("run_key")),
        CopyMethod.valueOf(row.getString("method")),
        CopyRecord.Phase.valueOf(row.getString("phase")),
        row.getString("work_id"),
        row.getBoolean("load_begun"),
        row.getInt("parts_done"),
        row.getInt("parts"),
        row.getLong("bytes_done"),
        row.getLong("bytes"),
        kind.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Position(Position.Kind.valueOf(kind), row.getString("start_position"))),
        row.getString("failure"),
        row.getString("owner"),
        row.getTimestamp("beat_at").toInstant());
  }
}

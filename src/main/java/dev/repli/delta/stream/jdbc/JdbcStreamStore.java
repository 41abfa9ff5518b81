package dev.repli.delta.stream.jdbc;

import dev.repli.database.Position;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.stream.KnownStream;
import dev.repli.delta.stream.StreamOrder;
import dev.repli.delta.stream.StreamReport;
import dev.repli.delta.stream.StreamReport.State;
import dev.repli.delta.stream.StreamStore;
import dev.repli.plan.PlanId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Rows of {@code repli_reverse_stream}. */
@Component
public final class JdbcStreamStore implements StreamStore {
  private static final int LONGEST_WHY = 1000;
  private static final String ALL =
      "select plan_id, import_id, from_kind, from_position, wanted, owner, lease_until, state,"
          + " reached_kind, reached_position, reported_at, extracted, applied, already_there,"
          + " abandoned, held, why from repli_reverse_stream ";

  private final JdbcClient jdbc;

  /** Never part of a caller's transaction: whoever ordered a stream waits for those that see it. */
  private final TransactionTemplate together;

  public JdbcStreamStore(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.together = new TransactionTemplate(transactions);
    together.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @Override
  public void want(StreamOrder order, Instant now) {
    together.executeWithoutResult(
        status -> {
          if (find(order.plan()).filter(known -> known.order().equals(order)).isPresent()) {
            wantAgain(order.plan());
            return;
          }
          jdbc.sql("delete from repli_reverse_stream where plan_id = ?")
              .param(order.plan().value())
              .update();
          jdbc.sql(
                  "insert into repli_reverse_stream (plan_id, import_id, from_kind, from_position,"
                      + " wanted, owner, lease_until, state, reached_kind, reached_position,"
                      + " reported_at, extracted, applied, already_there, abandoned, held, why)"
                      + " values (?, ?, ?, ?, true, '', ?, 'WAITING', '', '', ?, 0, 0, 0, 0, 0, '')")
              .params(
                  order.plan().value(),
                  order.id().value(),
                  order.from().kind().name(),
                  order.from().value(),
                  Timestamp.from(now),
                  Timestamp.from(now))
              .update();
        });
  }

  /** What it stood in front of may be gone: it is tried once more. */
  private void wantAgain(PlanId plan) {
    jdbc.sql("update repli_reverse_stream set wanted = true where plan_id = ?")
        .param(plan.value())
        .update();
    jdbc.sql(
            "update repli_reverse_stream set state = 'WAITING', why = '' where plan_id = ?"
                + " and state in ('BLOCKED', 'STOPPED')")
        .param(plan.value())
        .update();
  }

  @Override
  public void stop(PlanId plan) {
    together.executeWithoutResult(
        status ->
            jdbc.sql("update repli_reverse_stream set wanted = false where plan_id = ?")
                .param(plan.value())
                .update());
  }

  @Override
  public List<KnownStream> all() {
    return jdbc.sql(ALL + "order by plan_id").query((row, number) -> stream(row)).list();
  }

  @Override
  public Optional<KnownStream> find(PlanId plan) {
    return jdbc.sql(ALL + "where plan_id = ?")
        .param(plan.value())
        .query((row, number) -> stream(row))
        .optional();
  }

  @Override
  public boolean claim(PlanId plan, String owner, Instant now, Instant until) {
    return jdbc.sql(
                "update repli_reverse_stream set owner = ?, lease_until = ? where plan_id = ?"
                    + " and (owner = ? or owner = '' or lease_until < ?)")
            .params(owner, Timestamp.from(until), plan.value(), owner, Timestamp.from(now))
            .update()
        == 1;
  }

  @Override
  public void release(PlanId plan, String owner) {
    jdbc.sql("update repli_reverse_stream set owner = '' where plan_id = ? and owner = ?")
        .params(plan.value(), owner)
        .update();
  }

  @Override
  public void report(PlanId plan, String owner, StreamReport report) {
    String why = report.why();
    jdbc.sql(
            "update repli_reverse_stream set state = ?, reached_kind = ?, reached_position = ?,"
                + " reported_at = ?, extracted = ?, applied = ?, already_there = ?, abandoned = ?,"
                + " held = ?, why = ? where plan_id = ? and owner = ?")
        .params(
            report.state().name(),
            report.reached().map(at -> at.kind().name()).orElse(""),
            report.reached().map(Position::value).orElse(""),
            Timestamp.from(report.at()),
            report.counts().extracted(),
            report.counts().applied(),
            report.counts().alreadyThere(),
            report.counts().abandoned(),
            report.counts().held(),
            why.substring(0, Math.min(LONGEST_WHY, why.length())),
            plan.value(),
            owner)
        .update();
  }

  private static KnownStream stream(ResultSet row) throws SQLException {
    return new KnownStream(
        new StreamOrder(
            new PlanId(row.getString("plan_id")),
            new ImportId(row.getString("import_id")),
            new Position(
                Position.Kind.valueOf(row.getString("from_kind")), row.getString("from_position"))),
        row.getBoolean("wanted"),
        row.getString("owner"),
        row.getTimestamp("lease_until").toInstant(),
        report(row));
  }

  private static StreamReport report(ResultSet row) throws SQLException {
    String kind = row.getString("reached_kind");
    return new StreamReport(
        State.valueOf(row.getString("state")),
        kind.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Position(Position.Kind.valueOf(kind), row.getString("reached_position"))),
        row.getTimestamp("reported_at").toInstant(),
        new ImportCounts(
            row.getLong("extracted"),
            row.getLong("applied"),
            row.getLong("already_there"),
            row.getLong("abandoned"),
            row.getLong("held")),
        row.getString("why"));
  }
}

package dev.repli.comparison.jdbc;

import dev.repli.comparison.ComparisonId;
import dev.repli.comparison.ComparisonRequest;
import dev.repli.comparison.ComparisonResult;
import dev.repli.comparison.ComparisonStore;
import dev.repli.comparison.Key;
import dev.repli.comparison.RowDifference;
import dev.repli.comparison.RowDifference.Side;
import dev.repli.comparison.TableComparison.Progress;
import dev.repli.comparison.TableName;
import dev.repli.comparison.TableResult;
import dev.repli.comparison.TableResult.Method;
import dev.repli.comparison.Verdict;
import dev.repli.plan.Node;
import dev.repli.plan.PlanId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Three tables: comparisons, their tables, the rows that differ. */
@Component
final class JdbcComparisonStore implements ComparisonStore {
  private static final String OF_TABLE =
      " where comparison_id = ? and schema_name = ? and table_name = ?";
  private static final int LONGEST_KEY = 1000;

  private final JdbcClient jdbc;
  private final TransactionTemplate own;

  /** Each write has a transaction of its own, whatever the caller is in. */
  JdbcComparisonStore(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @Override
  public void begin(ComparisonRequest request, Instant now) {
    own.executeWithoutResult(status -> beginHere(request, now));
  }

  private void beginHere(ComparisonRequest request, Instant now) {
    Optional<String> known =
        jdbc.sql("select plan_id, from_role, to_role from repli_comparison where id = ?")
            .param(request.id().value())
            .query(
                (row, number) -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3))
            .optional();
    String wanted = request.plan().id() + " " + request.from() + " " + request.to();
    if (known.isPresent() && !known.get().equals(wanted)) {
      throw new IllegalArgumentException(
          "comparison %s is one of %s, not of %s; use another id"
              .formatted(request.id(), known.get(), wanted));
    }
    if (known.isEmpty()) {
      jdbc.sql(
              "insert into repli_comparison (id, plan_id, from_role, to_role, started_at)"
                  + " values (?, ?, ?, ?, ?)")
          .params(
              request.id().value(),
              request.plan().id().value(),
              request.from().name(),
              request.to().name(),
              now.toEpochMilli())
          .update();
    }
  }

  @Override
  public void tables(ComparisonId id, List<TableName> tables) {
    own.executeWithoutResult(
        status -> {
          List<TableName> known =
              jdbc.sql(
                      "select schema_name, table_name from repli_comparison_table"
                          + " where comparison_id = ?")
                  .param(id.value())
                  .query((row, number) -> new TableName(row.getString(1), row.getString(2)))
                  .list();
          tables.stream().filter(table -> !known.contains(table)).forEach(t -> insert(id, t));
        });
  }

  private void insert(ComparisonId id, TableName table) {
    jdbc.sql(
            "insert into repli_comparison_table"
                + " (comparison_id, schema_name, table_name, rows_read, has_more)"
                + " values (?, ?, ?, 0, false)")
        .params(id.value(), table.schema(), table.table())
        .update();
  }

  @Override
  public Optional<Partial> partial(ComparisonId id, TableName table) {
    return jdbc.sql(
            "select next_key, rows_read from repli_comparison_table"
                + OF_TABLE
                + " and next_key is not null and (verdict is null or verdict = 'UNDECIDED')")
        .params(id.value(), table.schema(), table.table())
        .query(
            (row, number) ->
                new Partial(Key.of(row.getString(1)), row.getLong(2), differences(id, table)))
        .optional();
  }

  private List<RowDifference> differences(ComparisonId id, TableName table) {
    return jdbc.sql(
            "select row_key, side, column_names from repli_comparison_row"
                + OF_TABLE
                + " order by row_no")
        .params(id.value(), table.schema(), table.table())
        .query(
            (row, number) ->
                new RowDifference(
                    row.getString(1), Side.valueOf(row.getString(2)), lines(row.getString(3))))
        .list();
  }

  @Override
  public void compared(ComparisonId id, TableName table, Partial soFar, List<RowDifference> found) {
    own.executeWithoutResult(
        status -> {
          jdbc.sql("update repli_comparison_table set next_key = ?, rows_read = ?" + OF_TABLE)
              .params(
                  soFar.next().stored(), soFar.rows(), id.value(), table.schema(), table.table())
              .update();
          insert(id, table, soFar.found().size() - found.size(), found);
        });
  }

  private void insert(ComparisonId id, TableName table, int after, List<RowDifference> found) {
    int number = after;
    for (RowDifference row : found) {
      jdbc.sql(
              "insert into repli_comparison_row (comparison_id, schema_name, table_name, row_no,"
                  + " row_key, side, column_names) values (?, ?, ?, ?, ?, ?, ?)")
          .params(
              id.value(),
              table.schema(),
              table.table(),
              number++,
              row.key().substring(0, Math.min(LONGEST_KEY, row.key().length())),
              row.side().name(),
              String.join("\n", row.columns()))
          .update();
    }
  }

  @Override
  public void decided(ComparisonId id, TableResult result) {
    TableName table = result.table();
    own.executeWithoutResult(
        status -> {
          jdbc.sql(
                  "update repli_comparison_table set verdict = ?, method = ?, rows_read = ?,"
                      + " has_more = ?, notes = ?"
                      + OF_TABLE)
              .params(
                  result.verdict().name(),
                  result.method().name(),
                  result.rows(),
                  result.more(),
                  String.join("\n", result.notes()),
                  id.value(),
                  table.schema(),
                  table.table())
              .update();
          jdbc.sql("delete from repli_comparison_row" + OF_TABLE)
              .params(id.value(), table.schema(), table.table())
              .update();
          insert(id, table, 0, result.differences());
        });
  }

  @Override
  public void ended(ComparisonId id, Instant at) {
    own.executeWithoutResult(
        status ->
            jdbc.sql("update repli_comparison set ended_at = ? where id = ?")
                .params(at.toEpochMilli(), id.value())
                .update());
  }

  @Override
  public Optional<Stored> find(ComparisonId id) {
    return jdbc.sql("select started_at, ended_at from repli_comparison where id = ?")
        .param(id.value())
        .query(
            (row, number) ->
                new Stored(Instant.ofEpochMilli(row.getLong(1)), instant(row, 2), results(id)))
        .optional();
  }

  private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    long at = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
  }

  private List<TableResult> results(ComparisonId id) {
    return jdbc.sql(
            "select schema_name, table_name, verdict, method, rows_read, has_more, notes"
                + " from repli_comparison_table where comparison_id = ? and verdict is not null"
                + " order by schema_name, table_name")
        .param(id.value())
        .query((row, number) -> result(id, row))
        .list();
  }

  private TableResult result(ComparisonId id, ResultSet row) throws SQLException {
    TableName table = new TableName(row.getString(1), row.getString(2));
    return new TableResult(
        table,
        Verdict.valueOf(row.getString(3)),
        Method.valueOf(row.getString(4)),
        row.getLong(5),
        differences(id, table),
        row.getBoolean(6),
        lines(row.getString(7)));
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n", -1));
  }

  @Override
  public Optional<ComparisonResult> newest(PlanId plan, Node.Role from, Node.Role to) {
    return jdbc.sql(
            "select id, started_at, ended_at from repli_comparison"
                + " where plan_id = ? and from_role = ? and to_role = ? and ended_at is not null"
                + " order by ended_at desc limit 1")
        .params(plan.value(), from.name(), to.name())
        .query(
            (row, number) -> {
              ComparisonId id = new ComparisonId(row.getString(1));
              return new ComparisonResult(
                  id,
                  plan,
                  from,
                  to,
                  Instant.ofEpochMilli(row.getLong(2)),
                  Instant.ofEpochMilli(row.getLong(3)),
                  results(id));
            })
        .optional();
  }

  @Override
  public Optional<Progress> progress(ComparisonId id) {
    return jdbc.sql(
            "select count(*), coalesce(sum(case when verdict is null then 0 else 1 end), 0),"
                + " coalesce(sum(case when verdict = 'DIFFERENT' then 1 else 0 end), 0),"
                + " coalesce(sum(rows_read), 0) from repli_comparison_table"
                + " where comparison_id = ? having count(*) > 0")
        .param(id.value())
        .query(
            (row, number) ->
                new Progress(row.getInt(1), row.getInt(2), row.getInt(3), row.getLong(4)))
        .optional();
  }
}

package dev.repli.delta.imports.jdbc;

import dev.repli.delta.conflict.Answer;
import dev.repli.delta.conflict.ConflictCounts;
import dev.repli.delta.conflict.Decision;
import dev.repli.delta.conflict.HeldGroup;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.delta.imports.HeldChange;
import dev.repli.delta.imports.HeldChange.Kind;
import dev.repli.delta.imports.ImportId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Groups and marks the rows of {@code repli_held_change}. */
@Component
final class JdbcHeldGroups implements HeldGroups {
  private static final String FIRSTS =
      "select g.group_no, g.last_no, g.changes, c.kind, c.table_name, c.error, c.decision,"
          + " c.decided_by, c.rule_id, c.decided_at from (select group_no, min(change_no) first_no,"
          + " max(change_no) last_no, count(*) changes from repli_held_change where import_id = ?"
          + " and change_no <= ? and %s group by group_no) g"
          + " join repli_held_change c on c.import_id = ? and c.change_no = g.first_no"
          + " order by g.group_no limit ?";

  private final JdbcClient jdbc;
  private final TransactionTemplate own;

  /** Each write has a transaction of its own, whatever the caller is in. */
  JdbcHeldGroups(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @Override
  public List<HeldGroup> page(
      ImportId id, State state, Optional<String> table, long after, long upTo, int most) {
    List<Object> params = new ArrayList<>(List.of(id.value(), upTo, after));
    table.ifPresent(params::add);
    params.add(id.value());
    params.add(most);
    String where =
        which(state) + " and group_no > ?" + (table.isEmpty() ? "" : " and table_name = ?");
    return jdbc.sql(FIRSTS.formatted(where))
        .params(params)
        .query((row, number) -> group(row))
        .list();
  }

  private static String which(State state) {
    return switch (state) {
      case OPEN -> "decision is null";
      case RESOLVED -> "decision <> 'DEAD_LETTER'";
      case DEAD_LETTERED -> "decision = 'DEAD_LETTER'";
    };
  }

  @Override
  public Optional<HeldGroup> open(ImportId id, long group, long upTo) {
    return jdbc.sql(FIRSTS.formatted("decision is null and group_no = ?"))
        .params(id.value(), upTo, group, id.value(), 1)
        .query((row, number) -> group(row))
        .optional();
  }

  private static HeldGroup group(ResultSet row) throws SQLException {
    return new HeldGroup(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        Kind.valueOf(row.getString(4)),
        row.getString(5),
        row.getString(6),
        row.getString(7) == null
            ? Optional.empty()
            : Optional.of(decision(row, row.getLong(1), row.getLong(2), 7)));
  }

  private static Decision decision(ResultSet row, long group, long through, int at)
      throws SQLException {
    return new Decision(
        group,
        through,
        Answer.valueOf(row.getString(at)),
        row.getString(at + 1),
        row.getString(at + 2),
        row.getTimestamp(at + 3).toInstant());
  }

  @Override
  public Optional<Decision> newest(ImportId id, long group) {
    return jdbc.sql(
            "select change_no, decision, decided_by, rule_id, decided_at from repli_held_change"
                + " where import_id = ? and group_no = ? and decision is not null"
                + " order by change_no desc limit 1")
        .params(id.value(), group)
        .query((row, number) -> decision(row, group, row.getLong(1), 2))
        .optional();
  }

  @Override
  public List<HeldChange> changes(ImportId id, HeldGroup group, long after, int most) {
    return jdbc.sql(
            JdbcHeldChanges.SELECT
                + " where c.import_id = ? and c.group_no = ? and c.decision is null"
                + " and c.change_no > ? and c.change_no <= ? order by c.change_no limit ?")
        .params(id.value(), group.group(), after, group.last(), most)
        .query((row, number) -> JdbcHeldChanges.held(row))
        .list();
  }

  @Override
  public void decided(ImportId id, Decision decision) {
    own.executeWithoutResult(
        status -> {
          JdbcHeldChanges.lock(jdbc, id);
          jdbc.sql(
                  "update repli_held_change set decision = ?, decided_by = ?, rule_id = ?,"
                      + " decided_at = ? where import_id = ? and group_no = ? and change_no <= ?"
                      + " and decision is null")
              .params(
                  decision.answer().name(),
                  decision.who(),
                  decision.rule(),
                  Timestamp.from(decision.at()),
                  id.value(),
                  decision.group(),
                  decision.through())
              .update();
          jdbc.sql(
                  "delete from repli_held_row where import_id = ? and group_no = ? and not exists"
                      + " (select 1 from repli_held_change c where c.import_id = ? and"
                      + " c.group_no = ? and c.decision is null)")
              .params(id.value(), decision.group(), id.value(), decision.group())
              .update();
        });
  }

  @Override
  public List<TableCount> tables(ImportId id) {
    return jdbc.sql(
            "select table_name, count(*),"
                + " sum(case when decision is null then 1 else 0 end),"
                + " sum(case when decision = 'DEAD_LETTER' then 1 else 0 end)"
                + " from repli_held_change where import_id = ? group by table_name"
                + " order by table_name")
        .param(id.value())
        .query((row, number) -> count(row))
        .list();
  }

  private static TableCount count(ResultSet row) throws SQLException {
    long held = row.getLong(2);
    long open = row.getLong(3);
    long dead = row.getLong(4);
    return new TableCount(
        row.getString(1), new ConflictCounts(held, open, held - open - dead, dead));
  }
}

package dev.repli.delta.imports.jdbc;

import dev.repli.delta.DeltaEvent.Delete;
import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.DeltaEvent.RowChange;
import dev.repli.delta.DeltaEvent.Update;
import dev.repli.delta.DeltaTable;
import dev.repli.delta.imports.HeldBusyException;
import dev.repli.delta.imports.HeldChange;
import dev.repli.delta.imports.HeldChange.Kind;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.ImportId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Three tables: changes, the shapes of their tables, the rows that wait. */
@Component
final class JdbcHeldChanges implements HeldChanges {
  /** As {@link #held(ResultSet)} reads it. */
  static final String SELECT =
      "select c.change_no, c.group_no, c.kind, c.verb, s.shape, c.row_before, c.row_after,"
          + " c.row_now, c.error from repli_held_change c join repli_held_shape s"
          + " on s.import_id = c.import_id and s.shape_hash = c.shape_hash";

  private static final String LOCK =
      "select shape_hash from repli_held_shape where import_id = ? for update";

  /** A decision takes far less. */
  private static final Duration BUSY_LIMIT = Duration.ofSeconds(5);

  private static final Duration BUSY_PAUSE = Duration.ofMillis(20);

  /** Lock wait timeout of MariaDB and of H2. */
  private static final Set<Integer> BUSY = Set.of(1205, 50200);

  /** The same of PostgreSQL. */
  private static final String LOCKED = "55P03";

  private static final int LONGEST_ERROR = 2000;
  private final JdbcClient jdbc;
  private final TransactionTemplate own;

  /** Each write has a transaction of its own, whatever the caller is in. */
  JdbcHeldChanges(JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.own = new TransactionTemplate(transactions);
    own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @Override
  public void hold(ImportId id, List<HeldChange> changes, Runnable lastLook) {
    IdentityHashMap<DeltaTable, String> shapes = new IdentityHashMap<>();
    // others have to see them before: they are what is locked
    own.executeWithoutResult(
        status ->
            changes.forEach(change -> shapes.computeIfAbsent(shapeOf(change), s -> keep(id, s))));
    locked(
        id,
        () -> {
          changes.forEach(
              change -> hold(id, change, Objects.requireNonNull(shapes.get(shapeOf(change)))));
          lastLook.run();
        });
  }

  /**
   * Meanwhile the import keeps rows of the node from everybody: whoever has the lock, perhaps a
   * Repli that sleeps, is not waited for.
   */
  private void locked(ImportId id, Runnable work) {
    long end = System.nanoTime() + BUSY_LIMIT.toNanos();
    while (!tryLocked(id, work)) {
      if (System.nanoTime() - end > 0) {
        throw new HeldBusyException(id);
      }
      LockSupport.parkNanos(BUSY_PAUSE.toNanos());
    }
  }

  private boolean tryLocked(ImportId id, Runnable work) {
    return Boolean.TRUE.equals(
        own.execute(
            status -> {
              if (!lockAtOnce(id)) {
                status.setRollbackOnly();
                return false;
              }
              work.run();
              return true;
            }));
  }

  private boolean lockAtOnce(ImportId id) {
    try {
      lock(jdbc, id, LOCK + " nowait");
      return true;
    } catch (DataAccessException e) {
      if (isBusy(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Not each database says it in a way that Spring knows. */
  private static boolean isBusy(DataAccessException e) {
    return e instanceof PessimisticLockingFailureException
        || (e.getCause() instanceof SQLException sql
            && (BUSY.contains(sql.getErrorCode()) || LOCKED.equals(sql.getSQLState())));
  }

  /**
   * An import that runs on may hold one more change of a row in the moment in which the row is
   * decided and let go: one of both waits for the other, else the row would go with a change that
   * nobody sees. Has to come first in a transaction, so that what is read later is newer.
   */
  static void lock(JdbcClient jdbc, ImportId id) {
    lock(jdbc, id, LOCK);
  }

  private static void lock(JdbcClient jdbc, ImportId id, String sql) {
    var unused = jdbc.sql(sql).param(id.value()).query(String.class).list();
  }

  private static DeltaTable shapeOf(HeldChange change) {
    return change.change().table();
  }

  private String keep(ImportId id, DeltaTable shape) {
    String json = RowText.of(shape);
    String hash = hash(json);
    if (count(
            "select count(*) from repli_held_shape where import_id = ? and shape_hash = ?",
            id,
            hash)
        == 0) {
      jdbc.sql("insert into repli_held_shape (import_id, shape_hash, shape) values (?, ?, ?)")
          .params(id.value(), hash, json)
          .update();
    }
    return hash;
  }

  private void hold(ImportId id, HeldChange held, String shape) {
    if (count(
            "select count(*) from repli_held_change where import_id = ? and change_no = ?",
            id,
            held.number())
        > 0) {
      return;
    }
    RowChange change = held.change();
    jdbc.sql(
            "insert into repli_held_change (import_id, change_no, group_no, kind, table_name, verb,"
                + " shape_hash, row_before, row_after, row_now, error)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .param(id.value())
        .param(held.number())
        .param(held.group())
        .param(held.kind().name())
        .param(change.table().fullName())
        .param(verb(change))
        .param(shape)
        .param(before(change))
        .param(after(change))
        .param(held.now().map(RowText::of).orElse(null))
        .param(held.error().substring(0, Math.min(LONGEST_ERROR, held.error().length())))
        .update();
    held.rows().forEach(row -> keepRow(id, held, row));
  }

  private void keepRow(ImportId id, HeldChange held, String row) {
    if (count("select count(*) from repli_held_row where import_id = ? and row_hash = ?", id, row)
        == 0) {
      jdbc.sql(
              "insert into repli_held_row (import_id, row_hash, group_no, change_no)"
                  + " values (?, ?, ?, ?)")
          .params(id.value(), row, held.group(), held.number())
          .update();
    }
  }

  private long count(String sql, ImportId id, Object other) {
    return jdbc.sql(sql).params(id.value(), other).query(Long.class).single();
  }

  private static String verb(RowChange change) {
    return change instanceof Insert ? "insert" : change instanceof Update ? "update" : "delete";
  }

  private static @Nullable String before(RowChange change) {
    return change instanceof Update update
        ? RowText.of(update.before())
        : change instanceof Delete delete ? RowText.of(delete.before()) : null;
  }

  private static @Nullable String after(RowChange change) {
    return change instanceof Update update
        ? RowText.of(update.after())
        : change instanceof Insert insert ? RowText.of(insert.after()) : null;
  }

  @Override
  public void join(ImportId id, long group, long into) {
    own.executeWithoutResult(
        status -> {
          for (String table : List.of("repli_held_change", "repli_held_row")) {
            jdbc.sql("update " + table + " set group_no = ? where import_id = ? and group_no = ?")
                .params(into, id.value(), group)
                .update();
          }
        });
  }

  @Override
  public void forgetAfter(ImportId id, long number) {
    own.executeWithoutResult(
        status -> {
          lock(jdbc, id); // what is being kept is not seen before
          for (String table : List.of("repli_held_change", "repli_held_row")) {
            jdbc.sql("delete from " + table + " where import_id = ? and change_no > ?")
                .params(id.value(), number)
                .update();
          }
        });
  }

  @Override
  public Map<String, Long> rows(ImportId id) {
    Map<String, Long> rows = new HashMap<>();
    jdbc.sql("select row_hash, group_no from repli_held_row where import_id = ?")
        .param(id.value())
        .query(
            (ResultSet row) -> {
              rows.put(row.getString(1), row.getLong(2));
            });
    return rows;
  }

  @Override
  public long count(ImportId id) {
    return jdbc.sql("select count(*) from repli_held_change where import_id = ?")
        .param(id.value())
        .query(Long.class)
        .single();
  }

  @Override
  public List<Long> numbers(ImportId id, int most) {
    return jdbc.sql(
            "select change_no from repli_held_change where import_id = ? order by change_no limit ?")
        .params(id.value(), most)
        .query(Long.class)
        .list();
  }

  @Override
  public List<HeldChange> changes(ImportId id, long group, int most) {
    return jdbc.sql(
            SELECT + " where c.import_id = ? and c.group_no = ? order by c.change_no limit ?")
        .params(id.value(), group, most)
        .query((row, number) -> held(row))
        .list();
  }

  static HeldChange held(ResultSet row) throws SQLException {
    DeltaTable shape = RowText.shape(row.getString(5));
    return new HeldChange(
        row.getLong(1),
        row.getLong(2),
        Kind.valueOf(row.getString(3)),
        change(row, shape),
        Set.of(),
        Optional.ofNullable(row.getString(8)).map(RowText::row),
        row.getString(9));
  }

  private static RowChange change(ResultSet row, DeltaTable shape) throws SQLException {
    return switch (row.getString(4)) {
      case "insert" -> new Insert(shape, RowText.row(row.getString(7)));
      case "update" ->
          new Update(shape, RowText.row(row.getString(6)), RowText.row(row.getString(7)));
      default -> new Delete(shape, RowText.row(row.getString(6)));
    };
  }

  private static String hash(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}

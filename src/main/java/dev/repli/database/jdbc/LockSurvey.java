package dev.repli.database.jdbc;

import dev.repli.database.NodeException;
import dev.repli.database.survey.Locks;
import dev.repli.database.survey.Locks.Lock;
import java.util.List;

/** Metadata locks; the same words on MariaDB and MySQL. */
public final class LockSurvey {
  private static final String INSTRUMENT =
      "SELECT @@GLOBAL.performance_schema = 1 AND enabled = 'YES'"
          + " FROM performance_schema.setup_instruments WHERE name = 'wait/lock/metadata/sql/mdl'";
  private static final String LOCKS =
      "SELECT m.object_type, CONCAT_WS('.', m.object_schema, m.object_name), m.lock_type,"
          + " m.lock_status = 'GRANTED', IFNULL(t.processlist_user, ''),"
          + " IFNULL(t.processlist_host, ''), t.processlist_user <=> ?"
          + " FROM performance_schema.metadata_locks m"
          + " JOIN performance_schema.threads t ON t.thread_id = m.owner_thread_id"
          + " WHERE t.type = 'FOREGROUND' AND t.processlist_id <> CONNECTION_ID()";

  private LockSurvey() {}

  /** Where the server does not keep that account, nothing is known, which is not "no locks". */
  public static Locks read(SqlLink link) {
    String doing = "looking at locks";
    boolean kept = link.text(doing, INSTRUMENT).filter("1"::equals).isPresent();
    if (!kept) {
      throw new NodeException(
          link.node(),
          doing,
          "performance_schema does not keep them; in the option file: performance_schema = ON and"
              + " performance-schema-instrument = 'wait/lock/metadata/sql/mdl=ON'",
          NodeException.Action.REPAIR_TARGET);
    }
    List<Lock> locks =
        link.rows(
            doing,
            LOCKS,
            row ->
                new Lock(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getBoolean(4),
                    row.getString(5),
                    row.getString(6),
                    row.getBoolean(7)),
            link.node().account().user());
    return new Locks(locks);
  }
}

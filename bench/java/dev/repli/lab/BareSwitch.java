package dev.repli.lab;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The same statements and route commands as Repli's switch, and nothing else: no engine, no
 * journal, no dead-man's switch, no look back. What Repli is measured against.
 */
final class BareSwitch {
  private BareSwitch() {}

  /** Moves the writer; all connections are opened before anything is changed. */
  static void move(BareRoute.Side old, BareRoute.Side next, BareRoute route)
      throws SQLException, IOException, InterruptedException {
    try (Connection o = old.server().admin();
        Connection n = next.server().admin();
        Statement onOld = o.createStatement();
        Statement onNew = n.createStatement()) {
      gate(onOld, onNew);
      route.hold(old);
      onOld.execute("SET SESSION lock_wait_timeout=1");
      onOld.execute("SET GLOBAL read_only=1");
      if (wait(onOld, onNew) != 0) {
        throw new IllegalStateException("the new writer did not reach the position");
      }
      onNew.execute("STOP SLAVE");
      onNew.execute("SET GLOBAL read_only=0");
      route.release(old, next);
      onNew.execute("RESET SLAVE ALL");
    }
    old.server().replicateFrom(next.server());
  }

  private static void gate(Statement onOld, Statement onNew) throws SQLException {
    for (int attempt = 0; attempt < 1000; attempt++) {
      long start = System.nanoTime();
      if (wait(onOld, onNew) == 0 && System.nanoTime() - start < 3_000_000) {
        return;
      }
    }
    throw new IllegalStateException("the new writer never answered within 3 ms");
  }

  private static int wait(Statement onOld, Statement onNew) throws SQLException {
    String position;
    try (ResultSet row = onOld.executeQuery("SELECT @@gtid_binlog_pos")) {
      row.next();
      position = row.getString(1);
    }
    try (ResultSet row = onNew.executeQuery("SELECT MASTER_GTID_WAIT('" + position + "', 5)")) {
      row.next();
      return row.getInt(1);
    }
  }
}

package dev.repli.delta.imports.jdbc;

import dev.repli.plan.Node;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Which ids the transactions of a session get in the node's binary log. Only MariaDB lets choose.
 */
final class GtidSession {
  /** GTID domain of what Repli creates for itself: out of the way of the applications' history. */
  private static final long OWN_DOMAIN = 3_141_592_653L;

  private final Connection connection;
  private final boolean chooses;
  private boolean foreign;

  GtidSession(Node node, Connection connection) {
    this.connection = connection;
    this.chooses = node.kind() == Node.Kind.MARIADB;
  }

  /** Statements. */
  @FunctionalInterface
  interface Work {
    void run() throws SQLException;
  }

  /** Runs work whose transactions do not use up numbers of the applications' domain. */
  void apart(Work work) throws SQLException {
    if (!chooses) {
      work.run();
      return;
    }
    execute("SET SESSION gtid_domain_id = " + OWN_DOMAIN);
    try {
      work.run();
    } finally {
      execute("SET SESSION gtid_domain_id = @@GLOBAL.gtid_domain_id");
    }
  }

  /** From now on transactions do not use up numbers of the applications' domain. */
  void useApart() throws SQLException {
    if (chooses) {
      execute("SET SESSION gtid_domain_id = " + OWN_DOMAIN);
    }
  }

  /** Between two transactions only. */
  void use(Optional<String> gtid) throws SQLException {
    if (gtid.isPresent()) {
      String[] parts = gtid.get().split("-", -1);
      execute(
          "SET SESSION gtid_domain_id = %d, server_id = %d, gtid_seq_no = %d"
              .formatted(
                  Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])));
      foreign = true;
    } else if (foreign) {
      execute(
          "SET SESSION gtid_domain_id = @@GLOBAL.gtid_domain_id,"
              + " server_id = @@GLOBAL.server_id, gtid_seq_no = 0");
      foreign = false;
    }
  }

  /** Whether the node's own history of that domain ends before it. */
  boolean isBehind(String gtid) throws SQLException {
    if (!chooses) {
      return false;
    }
    String[] parts = gtid.split("-", -1);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@GLOBAL.gtid_binlog_state, @@log_bin")) {
      if (!row.next() || !row.getBoolean(2)) {
        return false;
      }
      long last = 0;
      for (String own : String.valueOf(row.getString(1)).split(",", -1)) {
        String[] seen = own.strip().split("-", -1);
        if (seen.length == 3 && seen[0].equals(parts[0])) {
          last = Math.max(last, Long.parseLong(seen[2]));
        }
      }
      return last < Long.parseLong(parts[2]);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

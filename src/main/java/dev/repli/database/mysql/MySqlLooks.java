package dev.repli.database.mysql;

import dev.repli.database.NodeSession.Facts;
import dev.repli.database.NodeSession.FenceRisk;
import dev.repli.database.NodeSession.FenceRisk.Kind;
import dev.repli.database.jdbc.ServerLooks;
import dev.repli.database.jdbc.SqlLink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is true of the node. super_read_only stops every account, so that privileged ones are no
 * risk here; a prepared XA transaction is one, because its COMMIT succeeds behind the fence.
 */
final class MySqlLooks implements ServerLooks {
  private static final List<String> NEEDED =
      List.of(
          "SYSTEM_VARIABLES_ADMIN",
          "CONNECTION_ADMIN",
          "REPLICATION_SLAVE_ADMIN",
          "REPLICATION CLIENT",
          "REPLICATION SLAVE",
          "XA_RECOVER_ADMIN",
          "SET_ANY_DEFINER",
          "PROCESS",
          "RELOAD",
          "EVENT");

  private static final String VARIABLES =
      "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin', 'log_replica_updates',"
          + " 'gtid_mode', 'enforce_gtid_consistency', 'binlog_format', 'binlog_row_image',"
          + " 'sync_binlog', 'innodb_flush_log_at_trx_commit', 'binlog_expire_logs_seconds',"
          + " 'character_set_server', 'collation_server', 'lower_case_table_names', 'sql_mode',"
          + " 'max_connections', 'require_secure_transport')";

  private final SqlLink link;

  MySqlLooks(SqlLink link) {
    this.link = link;
  }

  @Override
  public Facts look() {
    Map<String, String> variables = new LinkedHashMap<>();
    var unused =
        link.rows(
            "reading settings",
            VARIABLES,
            row -> variables.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2)));
    return link.row(
            "looking at the node",
            "SELECT VERSION(), @@server_id, @@GLOBAL.read_only,"
                + " @@GLOBAL.event_scheduler = 'ON', UNIX_TIMESTAMP(NOW(6))",
            row ->
                new Facts(
                    row.getString(1),
                    row.getLong(2),
                    row.getBoolean(3),
                    row.getBoolean(4),
                    enabledEvents(),
                    Instant.ofEpochSecond(0, row.getBigDecimal(5).movePointRight(9).longValue()),
                    variables))
        .orElseThrow();
  }

  private List<String> enabledEvents() {
    return link.rows(
        "listing events",
        "SELECT CONCAT(event_schema, '.', event_name) FROM information_schema.events"
            + " WHERE status = 'ENABLED' ORDER BY 1",
        row -> row.getString(1));
  }

  @Override
  public List<FenceRisk> fenceRisks() {
    List<FenceRisk> risks = new ArrayList<>();
    enabledEvents()
        .forEach(e -> risks.add(new FenceRisk(Kind.ENABLED_EVENT, false, e, "enabled event")));
    risks.addAll(
        link.rows(
            "looking for prepared XA transactions",
            "XA RECOVER",
            row ->
                new FenceRisk(
                    Kind.PREPARED_XA,
                    true,
                    row.getString("data"),
                    "prepared; its COMMIT succeeds even on a fenced node")));
    risks.addAll(
        link.rows(
            "looking for long transactions",
            "SELECT CONCAT(p.user, '@', p.host), TIMESTAMPDIFF(SECOND, t.trx_started, NOW())"
                + " FROM information_schema.innodb_trx t"
                + " JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id"
                + " WHERE t.trx_started < NOW() - INTERVAL 1 SECOND AND p.user <> 'system user'",
            row ->
                new FenceRisk(
                    Kind.LONG_TRANSACTION,
                    false,
                    row.getString(1),
                    "open for " + row.getLong(2) + " s")));
    return risks;
  }

  @Override
  public List<String> missingPrivileges() {
    List<String> granted =
        link.rows(
            "listing privileges",
            "SELECT privilege_type FROM information_schema.user_privileges"
                + " WHERE grantee = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')",
            row -> row.getString(1));
    return NEEDED.stream().filter(needed -> !granted.contains(needed)).toList();
  }
}

package dev.repli.database.mariadb;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession.Facts;
import dev.repli.database.NodeSession.FenceRisk;
import dev.repli.database.NodeSession.FenceRisk.Kind;
import dev.repli.database.jdbc.ServerLooks;
import dev.repli.database.jdbc.SqlLink;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is true of the node, what endangers a fence, what the account may not do. */
final class MariaDbLooks implements ServerLooks {
  private static final String VARIABLES =
      "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin', 'log_slave_updates',"
          + " 'gtid_strict_mode', 'binlog_format', 'binlog_row_image', 'sync_binlog',"
          + " 'innodb_flush_log_at_trx_commit', 'expire_logs_days', 'binlog_expire_logs_seconds',"
          + " 'gtid_domain_id', 'character_set_server', 'collation_server',"
          + " 'lower_case_table_names', 'sql_mode', 'max_connections', 'performance_schema',"
          + " 'require_secure_transport', 'slave_exec_mode', 'max_binlog_total_size')";

  /** A statement that changes nothing for each privilege, and what it is needed for. */
  private static final Map<String, String> TRIALS = trials();

  /** Using these would change something. */
  private static final List<String> NOT_TRIABLE = List.of("EVENT", "RELOAD");

  private final SqlLink link;

  MariaDbLooks(SqlLink link) {
    this.link = link;
  }

  private static Map<String, String> trials() {
    Map<String, String> trials = new LinkedHashMap<>();
    trials.put("READ_ONLY ADMIN", "SET GLOBAL read_only = @@GLOBAL.read_only");
    trials.put("SUPER", "SET GLOBAL event_scheduler = @@GLOBAL.event_scheduler");
    trials.put("CONNECTION ADMIN", "SET GLOBAL connect_timeout = @@GLOBAL.connect_timeout");
    trials.put("BINLOG ADMIN", "SET SESSION sql_log_bin = @@SESSION.sql_log_bin");
    trials.put("BINLOG REPLAY", "SET SESSION gtid_domain_id = @@SESSION.gtid_domain_id");
    trials.put(
        "REPLICATION SLAVE ADMIN", "SET GLOBAL slave_net_timeout = @@GLOBAL.slave_net_timeout");
    trials.put("SLAVE MONITOR", "SHOW SLAVE STATUS");
    trials.put("PROCESS", "SELECT COUNT(*) FROM information_schema.innodb_trx");
    trials.put("SELECT ON mysql.*", "SELECT COUNT(*) FROM mysql.global_priv");
    trials.put(
        "SELECT ON performance_schema.*",
        "SELECT COUNT(*) FROM performance_schema.metadata_locks m"
            + " JOIN performance_schema.threads t ON t.thread_id = m.owner_thread_id");
    return trials;
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
                    isOn(row.getString(3)),
                    row.getBoolean(4),
                    enabledEvents(),
                    instant(row.getBigDecimal(5)),
                    variables))
        .orElseThrow();
  }

  private static boolean isOn(String value) {
    return value.equals("1") || value.equals("ON");
  }

  private static Instant instant(BigDecimal seconds) {
    return Instant.ofEpochSecond(0, seconds.movePointRight(9).longValue());
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
    List<FenceRisk> risks = new ArrayList<>(privilegedAccounts());
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
                    "prepared; nobody can commit it on a fenced node")));
    risks.addAll(longTransactions());
    risks.addAll(tableLocks());
    return risks;
  }

  /** Those who write past read_only; a blocker when they are connected. */
  private List<FenceRisk> privilegedAccounts() {
    return link.rows(
        "looking for accounts that a fence does not stop",
        "SELECT u.grantee, COUNT(p.id) FROM information_schema.user_privileges u"
            + " LEFT JOIN information_schema.processlist p"
            + " ON SUBSTRING_INDEX(u.grantee, '@', 1) = CONCAT('''', p.user, '''')"
            + " WHERE u.privilege_type IN ('READ_ONLY ADMIN', 'READ ONLY ADMIN')"
            + " AND SUBSTRING_INDEX(u.grantee, '@', 1) <> CONCAT('''', ?, '''') GROUP BY u.grantee",
        row ->
            new FenceRisk(
                Kind.PRIVILEGED_ACCOUNT,
                row.getInt(2) > 0,
                row.getString(1),
                "has READ ONLY ADMIN, sessions now: " + row.getInt(2)),
        link.node().account().user());
  }

  private List<FenceRisk> longTransactions() {
    return link.rows(
        "looking for long transactions",
        "SELECT CONCAT(p.user, '@', p.host), TIMESTAMPDIFF(SECOND, t.trx_started, NOW()) AS age,"
            + " t.trx_rows_modified FROM information_schema.innodb_trx t"
            + " JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id"
            + " WHERE t.trx_started < NOW() - INTERVAL 1 SECOND AND p.user <> 'system user'",
        row ->
            new FenceRisk(
                Kind.LONG_TRANSACTION,
                false,
                row.getString(1),
                "open for %d s, %d rows changed".formatted(row.getLong(2), row.getLong(3))));
  }

  private List<FenceRisk> tableLocks() {
    return link.rows(
        "looking for table locks",
        "SELECT DISTINCT CONCAT(p.user, '@', p.host),"
            + " CONCAT(m.object_schema, '.', m.object_name, ' ', m.lock_type)"
            + " FROM performance_schema.metadata_locks m"
            + " JOIN performance_schema.threads t ON t.thread_id = m.owner_thread_id"
            + " JOIN information_schema.processlist p ON p.id = t.processlist_id"
            + " WHERE m.object_type = 'TABLE' AND m.lock_status = 'GRANTED'"
            + " AND m.lock_type IN ('SHARED_NO_READ_WRITE', 'EXCLUSIVE')",
        row -> new FenceRisk(Kind.TABLE_LOCK, false, row.getString(1), row.getString(2)));
  }

  @Override
  public List<String> missingPrivileges() {
    List<String> missing = new ArrayList<>();
    TRIALS.forEach(
        (privilege, statement) -> {
          try {
            link.look("trying " + privilege, statement);
          } catch (NodeException e) {
            if (e.action() != NodeException.Action.CORRECT_INPUT) {
              throw e;
            }
            missing.add(privilege);
          }
        });
    NOT_TRIABLE.stream().filter(privilege -> !granted(privilege)).forEach(missing::add);
    return missing;
  }

  private boolean granted(String privilege) {
    return link.text(
            "looking for " + privilege,
            "SELECT COUNT(*) FROM information_schema.user_privileges"
                + " WHERE privilege_type = ? AND grantee = CONCAT('''',"
                + " REPLACE(CURRENT_USER(), '@', '''@'''), '''')",
            privilege)
        .filter("1"::equals)
        .isPresent();
  }
}

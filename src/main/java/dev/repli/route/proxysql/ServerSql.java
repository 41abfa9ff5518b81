package dev.repli.route.proxysql;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The exact statements. No row is ever deleted and nothing is ever {@code OFFLINE_HARD}: with work
 * in flight ProxySQL would run that work a second time on the other server (measured). The old
 * writer stays in the writer hostgroup as {@code OFFLINE_SOFT}, with all its settings.
 *
 * <p>Each change starts from the runtime, because the read-only monitor moves servers in the
 * runtime only, and the configuration in memory would undo that.
 */
record ServerSql(RouteSpec.ProxySql spec, Plan plan) {
  static final String FROM_RUNTIME = "SAVE MYSQL SERVERS FROM RUNTIME";
  static final String TO_RUNTIME = "LOAD MYSQL SERVERS TO RUNTIME";
  static final String TO_DISK = "SAVE MYSQL SERVERS TO DISK";

  private static final String KEPT =
      "gtid_port,compression,max_connections,max_replication_lag,use_ssl,max_latency_ms,"
          + "comment";

  List<String> hold(Node.Role writer) {
    return List.of(FROM_RUNTIME, soft(writer), TO_RUNTIME);
  }

  List<String> release(Node.Role writer) {
    return List.of(FROM_RUNTIME, online(writer), TO_RUNTIME);
  }

  List<String> routeTo(Node.Role writer) {
    return List.of(FROM_RUNTIME, soft(writer.other()), online(writer), TO_RUNTIME);
  }

  /**
   * @param weights of servers that are among the readers
   */
  List<String> spread(Map<Endpoint, Integer> weights) {
    List<String> statements = new ArrayList<>(List.of(FROM_RUNTIME));
    weights.forEach((server, weight) -> statements.add(weigh(server, weight)));
    statements.add(TO_RUNTIME);
    return statements;
  }

  private String weigh(Endpoint server, int weight) {
    return "UPDATE mysql_servers SET weight="
        + weight
        + " WHERE hostgroup_id="
        + spec.readerHostgroup()
        + is(server);
  }

  List<String> save() {
    return List.of(FROM_RUNTIME, TO_DISK);
  }

  /** The row that work goes through; where the monitor took it away, what it made of it. */
  String limitOf(Node.Role node) {
    return "SELECT hostgroup_id,max_connections FROM runtime_mysql_servers WHERE hostgroup_id IN ("
        + spec.writerHostgroup()
        + ","
        + spec.readerHostgroup()
        + ")"
        + is(node)
        + " ORDER BY hostgroup_id="
        + spec.writerHostgroup()
        + " DESC LIMIT 1";
  }

  List<String> limit(int hostgroup, Node.Role node, int atMost) {
    return List.of(
        FROM_RUNTIME,
        "UPDATE mysql_servers SET max_connections="
            + atMost
            + " WHERE hostgroup_id="
            + hostgroup
            + is(node),
        TO_RUNTIME);
  }

  String sessionsOn(Node.Role node) {
    return "SELECT SessionID FROM stats_mysql_processlist WHERE hostgroup="
        + spec.writerHostgroup()
        + " AND srv_host="
        + quoted(at(node).host())
        + " AND srv_port="
        + at(node).port();
  }

  String pool() {
    return "SELECT "
        + PoolRow.COLUMNS
        + " FROM stats_mysql_connection_pool WHERE hostgroup="
        + spec.writerHostgroup();
  }

  private String soft(Node.Role node) {
    return "UPDATE mysql_servers SET status='OFFLINE_SOFT' WHERE hostgroup_id="
        + spec.writerHostgroup()
        + is(node);
  }

  /**
   * Also when the monitor has moved the server to the readers: its settings come from there. A
   * reader of weight 0 would be a writer that gets no work.
   */
  private String online(Node.Role node) {
    return "INSERT OR REPLACE INTO mysql_servers (hostgroup_id,hostname,port,status,"
        + KEPT
        + ",weight) SELECT "
        + spec.writerHostgroup()
        + ",hostname,port,'ONLINE',"
        + KEPT
        + ",MAX(weight,1)"
        + " FROM mysql_servers WHERE hostgroup_id IN ("
        + spec.writerHostgroup()
        + ","
        + spec.readerHostgroup()
        + ")"
        + is(node)
        + " ORDER BY hostgroup_id="
        + spec.writerHostgroup()
        + " DESC LIMIT 1";
  }

  private String is(Node.Role node) {
    return is(at(node));
  }

  private static String is(Endpoint server) {
    return " AND hostname=" + quoted(server.host()) + " AND port=" + server.port();
  }

  private Endpoint at(Node.Role node) {
    return plan.node(node).address();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}

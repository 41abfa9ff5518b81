package dev.repli.route.proxysql;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.RouteException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What has to be true of a ProxySQL before a switch may rely on it; changes nothing. */
record Readiness(RouteSpec.ProxySql spec, Plan plan, AdminConnection admin) {
  void check() {
    isProxySql();
    List<ServerRow> runtime = rows("runtime_mysql_servers");
    knows(runtime, Node.Role.SOURCE);
    knows(runtime, Node.Role.TARGET);
    noThirdWriter(runtime);
    nothingUnloaded(runtime);
  }

  /** The metadata call answers a version that anybody can set; this one cannot be set. */
  private void isProxySql() {
    String version =
        admin.look("SELECT @@version", row -> row.getString(1)).stream().findFirst().orElse("");
    if (!version.matches("\\d+\\.\\d+\\.\\d+-\\d+-g[0-9a-f]+.*")) {
      throw refuse("SELECT @@version", "'" + version + "' is no ProxySQL admin port");
    }
  }

  private void knows(List<ServerRow> rows, Node.Role role) {
    Endpoint node = plan.node(role).address();
    if (rows.stream().noneMatch(row -> isOurs(row.hostgroup()) && row.is(node))) {
      throw refuse(
          "look for the " + role.word(),
          node
              + " is in neither hostgroup; add it as OFFLINE_SOFT to "
              + spec.writerHostgroup()
              + " or as a reader, spelt as in the plan. There is: "
              + shown(rows));
    }
  }

  private void noThirdWriter(List<ServerRow> rows) {
    List<ServerRow> others =
        rows.stream()
            .filter(row -> row.hostgroup() == spec.writerHostgroup() && row.isOnline())
            .filter(row -> !isNode(row))
            .toList();
    if (!others.isEmpty()) {
      throw refuse("look at the writers", "gets writes, too: " + shown(others));
    }
  }

  /**
   * A LOAD activates whatever anybody left in the configuration, and a SAVE FROM RUNTIME discards
   * it. The plan's nodes may differ in place and status: the read-only monitor moves them in the
   * runtime only. So may weights of readers and the nodes' limits: a killed Repli can have left one
   * that is not loaded yet.
   */
  private void nothingUnloaded(List<ServerRow> runtime) {
    Set<ServerRow> loaded = comparable(runtime);
    Set<ServerRow> configured = comparable(rows("mysql_servers"));
    if (!loaded.equals(configured)) {
      throw refuse(
          "compare mysql_servers with runtime_mysql_servers",
          "somebody changed servers without loading them; run LOAD MYSQL SERVERS TO RUNTIME to"
              + " keep that or SAVE MYSQL SERVERS FROM RUNTIME to drop it. In memory: "
              + shown(configured)
              + "; in use: "
              + shown(loaded));
    }
  }

  private Set<ServerRow> comparable(List<ServerRow> rows) {
    return rows.stream()
        .map(row -> row.hostgroup() == spec.readerHostgroup() ? row.weightless() : row)
        .map(
            row ->
                isOurs(row.hostgroup()) && isNode(row)
                    ? row.anywhere().limitless()
                    : row.configured())
        .collect(Collectors.toSet());
  }

  private boolean isOurs(int hostgroup) {
    return hostgroup == spec.writerHostgroup() || hostgroup == spec.readerHostgroup();
  }

  private boolean isNode(ServerRow row) {
    return row.is(plan.source().address()) || row.is(plan.target().address());
  }

  private List<ServerRow> rows(String table) {
    return admin.look("SELECT " + ServerRow.COLUMNS + " FROM " + table, ServerRow::read);
  }

  private static String shown(Iterable<ServerRow> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(text.isEmpty() ? "" : ", ").append(row));
    return text.isEmpty() ? "nothing" : text.toString();
  }

  private RouteException refuse(String doing, String why) {
    return new RouteException(spec.name(), doing, why);
  }
}

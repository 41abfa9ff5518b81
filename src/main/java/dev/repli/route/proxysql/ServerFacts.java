package dev.repli.route.proxysql;

import dev.repli.plan.RouteSpec;
import dev.repli.route.RouteFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What ProxySQL does by itself, and what it would do after a restart. */
record ServerFacts(RouteSpec.ProxySql spec, AdminConnection admin) {
  RouteFacts read() {
    return new RouteFacts(notSaved(), fights(), Optional.of(queueLimit()));
  }

  private List<String> notSaved() {
    Set<ServerRow> runtime = rows("runtime_mysql_servers");
    Set<ServerRow> disk = rows("disk.mysql_servers");
    List<String> differences = new ArrayList<>();
    runtime.stream()
        .filter(row -> !disk.contains(row))
        .forEach(row -> differences.add("in use, not on disk: " + row));
    disk.stream()
        .filter(row -> !runtime.contains(row))
        .forEach(row -> differences.add("on disk, not in use: " + row));
    return differences;
  }

  private Set<ServerRow> rows(String table) {
    Set<ServerRow> rows = new HashSet<>();
    admin
        .look("SELECT " + ServerRow.COLUMNS + " FROM " + table, ServerRow::read)
        .forEach(row -> rows.add(row.configured()));
    return rows;
  }

  /** The monitor with the plan's own pair of hostgroups does what the switch does, a bit later. */
  private List<String> fights() {
    boolean on = variable("mysql-monitor_enabled").equals("true");
    if (!on) {
      return List.of();
    }
    return admin
        .look(
            "SELECT writer_hostgroup, reader_hostgroup FROM runtime_mysql_replication_hostgroups",
            row -> new int[] {row.getInt(1), row.getInt(2)})
        .stream()
        .filter(pair -> touches(pair) && !isOurs(pair))
        .map(
            pair ->
                "the monitor moves servers between hostgroups %d and %d, the plan says %d and %d"
                    .formatted(pair[0], pair[1], spec.writerHostgroup(), spec.readerHostgroup()))
        .toList();
  }

  private boolean touches(int[] pair) {
    Set<Integer> ours = Set.of(spec.writerHostgroup(), spec.readerHostgroup());
    return ours.contains(pair[0]) || ours.contains(pair[1]);
  }

  private boolean isOurs(int[] pair) {
    return pair[0] == spec.writerHostgroup() && pair[1] == spec.readerHostgroup();
  }

  private Duration queueLimit() {
    return Duration.ofMillis(Long.parseLong(variable("mysql-connect_timeout_server_max")));
  }

  private String variable(String name) {
    return admin
        .look(
            "SELECT variable_value FROM runtime_global_variables WHERE variable_name='"
                + name
                + "'",
            row -> row.getString(1))
        .stream()
        .findFirst()
        .orElse("");
  }
}

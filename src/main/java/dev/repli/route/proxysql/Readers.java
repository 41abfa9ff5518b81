package dev.repli.route.proxysql;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ReadSpread;
import dev.repli.route.ReadWeights;
import dev.repli.route.RouteException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The reader hostgroup: who is in it, and by which weights it spreads reads. */
record Readers(RouteSpec.ProxySql spec, Plan plan, AdminConnection admin, ServerSql sql) {

  /** One reader. */
  private record Reader(Endpoint server, String status, int weight) {
    /** A passing state of the runtime only; it comes back by itself. */
    boolean counts() {
      return status.equals("ONLINE") || status.equals("SHUNNED");
    }
  }

  ReadSpread look() {
    List<Reader> readers = read();
    Reader target =
        readers.stream()
            .filter(reader -> isTarget(reader.server()))
            .findFirst()
            .orElseThrow(
                () ->
                    new RouteException(
                        spec.name(),
                        "look for the target among the readers",
                        plan.target().address()
                            + " is not in hostgroup "
                            + spec.readerHostgroup()
                            + "; add it there with weight 0. There is: "
                            + shown(readers)));
    Map<String, Integer> others = new TreeMap<>();
    readers.stream()
        .filter(reader -> !isTarget(reader.server()) && reader.counts())
        .forEach(reader -> others.put(reader.server().toString(), reader.weight()));
    return new ReadSpread(
        new ReadWeights(target.weight(), others), target.status().equals("ONLINE"), shown(readers));
  }

  private List<Reader> read() {
    return admin.look(
        "SELECT hostname,port,status,weight FROM runtime_mysql_servers WHERE hostgroup_id="
            + spec.readerHostgroup(),
        row ->
            new Reader(
                new Endpoint(row.getString(1), row.getInt(2)), row.getString(3), row.getInt(4)));
  }

  private boolean isTarget(Endpoint server) {
    return server.equals(plan.target().address());
  }

  private static String shown(List<Reader> readers) {
    return readers.stream()
        .map(it -> it.server() + " " + it.status() + " weight " + it.weight())
        .sorted()
        .collect(Collectors.joining(", ", "readers: ", ""));
  }

  /** Only what differs, so that what is there already costs no LOAD. */
  List<String> commands(ReadWeights wanted) {
    Map<Endpoint, Integer> changes = new LinkedHashMap<>();
    for (Reader reader : read()) {
      Integer weight =
          isTarget(reader.server())
              ? Integer.valueOf(wanted.target())
              : wanted.others().get(reader.server().toString());
      if (weight != null && weight != reader.weight()) {
        changes.put(reader.server(), weight);
      }
    }
    return changes.isEmpty() ? List.of() : sql.spread(changes);
  }
}

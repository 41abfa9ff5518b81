package dev.repli.cutover;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.Client;
import dev.repli.plan.Account;
import dev.repli.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Application sessions on one node, without those that the plan tolerates. */
record Clients(List<Client> sessions) {
  /** Without those that the plan tolerates, and without Repli's own stream. */
  static Clients on(NodeSession node, Plan plan) {
    List<String> tolerated = plan.cutover().toleratedClients();
    Optional<String> imports = plan.delta().account().map(Account::user);
    return new Clients(
        node.clients().stream()
            .filter(client -> !tolerated.contains(client.user()))
            .filter(client -> imports.filter(client.user()::equals).isEmpty())
            .toList());
  }

  boolean none() {
    return sessions.isEmpty();
  }

  /** Who, from where, how many: {@code app@10.0.0.5 (3), batch@10.0.0.9 (1)}. */
  String inWords() {
    Map<String, Long> counted =
        sessions.stream()
            .collect(Collectors.groupingBy(Client::who, TreeMap::new, Collectors.counting()));
    return none()
        ? "none"
        : counted.entrySet().stream()
            .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
            .collect(Collectors.joining(", "));
  }
}

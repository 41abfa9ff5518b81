package dev.repli.cutover;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.Client;
import dev.repli.plan.CutoverRules;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Application sessions on one node, without those that the plan tolerates. */
record Clients(List<Client> sessions) {
  static Clients on(NodeSession node, CutoverRules rules) {
    return new Clients(
        node.clients().stream()
            .filter(client -> !rules.toleratedClients().contains(client.user()))
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

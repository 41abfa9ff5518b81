package dev.repli.route.haproxy;

import dev.repli.plan.RouteSpec;
import dev.repli.route.ReadSpread;
import dev.repli.route.ReadWeights;
import dev.repli.route.RouteException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The backend of the readers and its weights.
 *
 * @param ask sends a command that only looks
 */
record ReadBackend(RouteSpec.Haproxy spec, String backend, UnaryOperator<String> ask) {
  private static final Pattern WEIGHT = Pattern.compile("(\\d+) \\(initial \\d+\\)");

  ReadSpread look() {
    List<ServerStat> servers = servers();
    ServerStat target =
        servers.stream()
            .filter(this::isTarget)
            .findFirst()
            .orElseThrow(
                () ->
                    new RouteException(
                        spec.name(),
                        "look for the target among the readers",
                        "backend "
                            + backend
                            + " has no server "
                            + spec.targetServer()
                            + "; add it there with weight 0"));
    Map<String, Integer> others = new TreeMap<>();
    servers.stream()
        .filter(server -> !isTarget(server) && !server.isOut())
        .forEach(server -> others.put(server.name(), weight(server.name())));
    return new ReadSpread(
        new ReadWeights(weight(target.name()), others),
        target.getsNewWork(),
        servers.stream()
            .map(
                server ->
                    server.name() + " " + server.status() + " weight " + weight(server.name()))
            .collect(Collectors.joining(", ", backend + ": ", "")));
  }

  private boolean isTarget(ServerStat server) {
    return server.name().equals(spec.targetServer());
  }

  private List<ServerStat> servers() {
    String command = "show stat " + backend + " 4 -1";
    try {
      return ServerStat.parse(ask.apply(command));
    } catch (IllegalArgumentException e) {
      throw new RouteException(spec.name(), command, e);
    }
  }

  /** The weight that was set, which a server keeps while it is down. */
  private int weight(String server) {
    String command = "get weight " + backend + "/" + server;
    String answer = ask.apply(command);
    Matcher weight = WEIGHT.matcher(answer);
    if (!weight.matches()) {
      throw new RouteException(spec.name(), command, answer);
    }
    return Integer.parseInt(weight.group(1));
  }

  /** Only what differs; whoever gains goes first, so that at no moment every weight is 0. */
  List<String> commands(ReadWeights wanted) {
    List<String> commands = new ArrayList<>();
    ReadWeights now = look().weights();
    boolean less = wanted.targetShare() < now.targetShare();
    List<String> target =
        now.target() == wanted.target()
            ? List.of()
            : List.of(set(spec.targetServer(), wanted.target()));
    if (!less) {
      commands.addAll(target);
    }
    new TreeMap<>(now.others())
        .forEach(
            (server, weight) -> {
              int then = wanted.others().getOrDefault(server, weight);
              if (then != weight) {
                commands.add(set(server, then));
              }
            });
    if (less) {
      commands.addAll(target);
    }
    return commands;
  }

  private String set(String server, int weight) {
    return "set server " + backend + "/" + server + " weight " + weight;
  }
}

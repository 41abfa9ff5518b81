package dev.repli.lab;

import java.util.Map;

/**
 * How a lab server runs.
 *
 * @param serverId unique in the topology, 1 or more
 * @param durable every commit is synced to disk, as in production; else much faster
 * @param variables further settings, as in an option file
 */
public record ServerSettings(int serverId, boolean durable, Map<String, String> variables) {
  public ServerSettings {
    variables = Map.copyOf(variables);
  }

  public static ServerSettings of(int serverId) {
    return new ServerSettings(serverId, false, Map.of());
  }

  public ServerSettings with(String variable, String value) {
    Map<String, String> more = new java.util.HashMap<>(variables);
    more.put(variable, value);
    return new ServerSettings(serverId, durable, more);
  }

  public ServerSettings withDurability() {
    return new ServerSettings(serverId, true, variables);
  }
}

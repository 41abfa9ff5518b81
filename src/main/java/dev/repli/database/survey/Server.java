package dev.repli.database.survey;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The server itself.
 *
 * @param fenced refuses application writes
 * @param clockAhead how far its clock is ahead of Repli's, negative when behind; exact to half of
 *     {@code roundTrip}
 * @param variables all global variables, lower-case names, values as the server spells them
 * @param status all global status counters, lower-case names
 */
public record Server(
    Version version,
    long serverId,
    boolean fenced,
    Duration clockAhead,
    Duration roundTrip,
    Map<String, String> variables,
    Map<String, String> status) {
  public Server {
    variables = Map.copyOf(variables);
    status = Map.copyOf(status);
  }

  /** A global variable; empty where this server does not know it. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  /** A switch: ON, 1 and YES alike; false where this server does not know it. */
  public boolean isOn(String name) {
    String value = variables.getOrDefault(name, "").toUpperCase(Locale.ROOT);
    return value.equals("ON") || value.equals("1") || value.equals("YES");
  }

  /**
   * A variable as a number.
   *
   * @throws NumberFormatException when it is not there or not a number, so that nobody judges by it
   */
  public double number(String name) {
    return Double.parseDouble(variables.getOrDefault(name, "no variable " + name));
  }

  /** A status counter as a number; see {@link #number}. */
  public double counter(String name) {
    return Double.parseDouble(status.getOrDefault(name, "no counter " + name));
  }
}

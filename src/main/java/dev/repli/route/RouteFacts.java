package dev.repli.route;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a route is set up to do by itself; read, never changed.
 *
 * @param notSaved differences between what it does now and what it would do after a restart
 * @param fights what would move servers against the plan
 * @param queueLimit how long held work waits before it gets an error, zero for ever; empty where
 *     the route holds nothing
 */
public record RouteFacts(
    List<String> notSaved, List<String> fights, Optional<Duration> queueLimit) {
  /** Of a route that keeps nothing, moves nothing and holds nothing. */
  public static final RouteFacts NONE = new RouteFacts(List.of(), List.of(), Optional.empty());

  public RouteFacts {
    notSaved = List.copyOf(notSaved);
    fights = List.copyOf(fights);
  }
}

package dev.repli.communication;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What may be said to everybody: no host, node, plan, run or person has a place in it. */
public final class PublicFacts {
  private static final Set<String> OPEN =
      Set.of(
          "service",
          "contact",
          "at",
          "begunAt",
          "endedAt",
          "nextAt",
          "fromAt",
          "untilAt",
          "lastsMs",
          "expectedMs",
          "outageMs",
          "tookMs",
          "nothingLost",
          "rowsLost",
          "lossUnknown");

  private PublicFacts() {}

  public static Map<String, String> of(Map<String, String> facts) {
    Map<String, String> open = new TreeMap<>(facts);
    open.keySet().retainAll(OPEN);
    return open;
  }
}

package dev.repli.comparison;

import java.util.List;

/**
 * Key of a row: one text per key column, written so that a node's adapter can read it back, and so
 * that equal rows have equal keys on both nodes. No part contains a comma.
 */
public record Key(List<String> parts) {
  public Key {
    parts = List.copyOf(parts);
  }

  /** One text for the store. */
  public String stored() {
    return String.join(",", parts);
  }

  public static Key of(String stored) {
    return new Key(List.of(stored.split(",", -1)));
  }
}

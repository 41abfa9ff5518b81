package dev.repli.writerswitch;

import dev.repli.database.Position;
import java.util.Map;
import java.util.Optional;

/** How a position stands among the facts of a switch's milestones: its text and its kind. */
public final class PositionFacts {
  private static final String KIND = "Kind";

  static void put(Map<String, String> facts, String name, Position position) {
    facts.put(name, position.value());
    facts.put(name + KIND, position.kind().name());
  }

  /** Empty where there is none of that name; one without a kind is a MariaDB's GTID position. */
  public static Optional<Position> find(Map<String, String> facts, String name) {
    return Optional.ofNullable(facts.get(name))
        .map(
            text ->
                new Position(
                    Position.Kind.valueOf(
                        facts.getOrDefault(name + KIND, Position.Kind.MARIADB_GTID.name())),
                    text));
  }

  private PositionFacts() {}
}

package dev.repli.reversibility;

import dev.repli.rollback.EvidenceTable;

/** The ways back as a Markdown table for a form; foreign text is escaped. */
public final class WaysTable {
  private static final String HEAD =
      "| way back | now | takes | loses | why |\n|---|---|---|---|---|\n";

  public static String of(Reversibility found) {
    StringBuilder table = new StringBuilder(HEAD);
    for (WayBack way : found.ways()) {
      boolean preferred = found.preferred().filter(way.strategy()::equals).isPresent();
      String name =
          preferred ? "**" + way.strategy().word() + "** (proposed)" : way.strategy().word();
      table.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  name, mark(way.state()), plain(way.takes()), plain(way.loses()), why(way)));
    }
    return table.toString();
  }

  private static String why(WayBack way) {
    return plain(way.state() == State.OPEN ? way.closes() : way.why());
  }

  private static String plain(String text) {
    return EvidenceTable.plain(text);
  }

  private static String mark(State state) {
    return switch (state) {
      case OPEN -> "✓ open";
      case LOSES -> "**can lose writes**";
      case CLOSED -> "closed";
      case UNKNOWN -> "**unknown**";
    };
  }

  private WaysTable() {}
}

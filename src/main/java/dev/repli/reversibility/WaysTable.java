package dev.repli.reversibility;

import dev.repli.rollback.EvidenceTable;
import dev.repli.rollback.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The ways back as a Markdown table for a form; foreign text is escaped. */
public final class WaysTable {
  private static final String HEAD =
      "| way back | now | takes | loses | why |\n|---|---|---|---|---|\n";

  /**
   * Shows all of why a way is closed, of how long it takes and what it loses, while there is room.
   */
  public static String of(Reversibility found) {
    return EvidenceTable.fitting(longest -> of(found, longest));
  }

  private static String of(Reversibility found, int longest) {
    StringBuilder table = new StringBuilder(HEAD);
    for (WayBack way : found.ways()) {
      boolean preferred = found.preferred().filter(way.strategy()::equals).isPresent();
      String name =
          preferred ? "**" + way.strategy().word() + "** (proposed)" : way.strategy().word();
      table.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  name,
                  mark(way.state()),
                  EvidenceTable.plain(way.takes(), longest),
                  EvidenceTable.plain(way.loses(), longest),
                  why(way, longest)));
    }
    found.windowEnds().ifPresent(end -> table.append(window(end, found.windowLeft())));
    return table.toString();
  }

  private static String why(WayBack way, int longest) {
    return way.state() == State.OPEN
        ? plain(way.closes())
        : EvidenceTable.plain(way.why(), longest);
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

  private static String window(Instant end, Optional<Duration> left) {
    Instant shown = end.truncatedTo(ChronoUnit.SECONDS);
    return left.filter(rest -> !rest.isZero())
        .map(rest -> "\nThe rollback window ends at %s, in %s.\n".formatted(shown, Words.of(rest)))
        .orElse("\nThe rollback window ended at %s.\n".formatted(shown));
  }
}

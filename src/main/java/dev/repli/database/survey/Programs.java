package dev.repli.database.survey;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a database runs by itself or keeps as SQL text. */
public record Programs(
    List<Stored> routines, List<Stored> views, List<Stored> triggers, List<Event> events) {
  public Programs {
    routines = List.copyOf(routines);
    views = List.copyOf(views);
    triggers = List.copyOf(triggers);
    events = List.copyOf(events);
  }

  /**
   * A routine, view or database trigger.
   *
   * @param kind for people: {@code procedure}, {@code function}, {@code view}, {@code trigger}
   * @param definer {@code user@host}; empty when it runs with its caller's rights
   * @param text its SQL
   * @param on table of a trigger
   * @param parameters of a routine
   */
  public record Stored(
      TableName name,
      String kind,
      String definer,
      String text,
      Optional<TableName> on,
      String parameters,
      boolean deterministic) {}

  /**
   * A scheduled event.
   *
   * @param status {@code ENABLED}, {@code DISABLED}, {@code SLAVESIDE_DISABLED} or as newer servers
   *     call it
   */
  public record Event(
      TableName name,
      String definer,
      String status,
      String text,
      Optional<Instant> last,
      String every) {
    public boolean enabled() {
      return status.equals("ENABLED");
    }
  }
}

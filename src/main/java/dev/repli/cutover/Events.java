package dev.repli.cutover;

import static dev.repli.rollback.Finding.expect;

import dev.repli.database.NodeSession;
import dev.repli.database.NodeSession.Facts;
import dev.repli.rollback.Finding;
import java.util.List;
import java.util.Map;

/** Events of the database run on exactly one node: on the writer. */
final class Events {
  private Events() {}

  /**
   * @param before what {@link AnnounceCutover} kept
   */
  static List<Finding> exactlyOnce(
      Map<String, String> before,
      Facts source,
      Facts target,
      NodeSession onSource,
      NodeSession onTarget) {
    boolean wanted = Boolean.parseBoolean(before.getOrDefault("eventsOn", "true"));
    List<String> events =
        List.of(before.getOrDefault("events", "").split(",")).stream()
            .filter(name -> !name.isBlank())
            .toList();
    List<String> missing =
        events.stream().filter(name -> !target.enabledEvents().contains(name)).toList();
    return List.of(
        expect(
            !source.eventsOn(),
            "events do not run",
            onSource.node().label(),
            source.eventsOn() ? "the scheduler is on" : "the scheduler is off"),
        expect(
            target.eventsOn() == wanted,
            "the event scheduler is as on the source before",
            onTarget.node().label(),
            target.eventsOn() ? "on" : "off"),
        expect(
            missing.isEmpty(),
            "every event is enabled",
            onTarget.node().label(),
            missing.isEmpty()
                ? events.size() + " of " + events.size()
                : "not enabled: " + String.join(", ", missing)));
  }
}

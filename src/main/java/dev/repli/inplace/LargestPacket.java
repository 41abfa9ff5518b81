package dev.repli.inplace;

import dev.repli.journal.Evidence.Milestone;
import java.util.Map;
import java.util.Optional;

/**
 * How large a packet the server takes while its binary logs are written again: a change of many
 * rows is one statement. What it was before stands in the run's journal, so that it comes back also
 * when a Repli was killed meanwhile.
 */
record LargestPacket(Scene scene) {
  static final long LARGEST = 1L << 30;
  private static final String RAISED = "IN_PLACE_PACKET_RAISED";
  private static final String BEFORE = "before";

  /** For sessions that begin from now on. */
  void raise(UpgradedServer server) {
    if (before().isEmpty()) {
      String before = String.valueOf(server.largestPacket());
      scene.note(
          new Milestone(
              RAISED,
              "%s takes packets of %d bytes until its binary logs are written again, then %s as before"
                  .formatted(scene.at.node().label(), LARGEST, before),
              Map.of(BEFORE, before)));
    }
    server.largestPacket(LARGEST);
  }

  /** As it was before; does nothing when it was never raised. */
  void asBefore(UpgradedServer server) {
    before().ifPresent(server::largestPacket);
  }

  private Optional<Long> before() {
    return scene
        .journal()
        .newestMilestone(scene.run(), RAISED)
        .flatMap(
            entry ->
                entry.evidence() instanceof Milestone raised
                    ? Optional.ofNullable(raised.facts().get(BEFORE)).map(Long::valueOf)
                    : Optional.empty());
  }
}

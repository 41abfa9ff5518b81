package dev.repli.inplace;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What was written since the upgrade, split where the release before stopped writing it again.
 * Every transaction is either written again or given up; none is there already, since a step that
 * is tried again goes on where the server stands.
 *
 * @param stands the GTID list of the server
 * @param applied transactions that are written again
 * @param givenUp those that are not
 * @param file on the node's machine, which holds these
 */
record DeltaRest(String stands, long applied, long givenUp, Path file) {
  static final String GIVEN_UP = "IN_PLACE_DELTA_REST_GIVEN_UP";

  /** As the server stands now, which answers. */
  static DeltaRest of(Scene scene, InPlaceFacts facts, InPlaceFacts.End end) {
    try (UpgradedServer server = scene.server()) {
      String stands = Gtids.over(facts.start().gtid(), server.position());
      // domains that were silent since the backup are in neither list of the server's
      String ended = Gtids.over(facts.start().gtid(), end.position());
      if (Gtids.between(ended, stands) > 0) {
        throw new InPlaceException(
            "%s has writes that nobody noted: it stands at %s, and the upgraded server ended at %s; it stays closed"
                .formatted(scene.at.node().label(), stands, end.position()));
      }
      return new DeltaRest(
          stands,
          Gtids.between(facts.upgrade(), stands),
          Gtids.between(stands, end.position()),
          scene.rest());
    }
  }

  long all() {
    return applied + givenUp;
  }

  Milestone milestone(String where) {
    return new Milestone(
        GIVEN_UP,
        "%s: of %d transactions since the upgrade %d are written again, up to %s; %d are given up and are in %s"
            .formatted(where, all(), applied, stands, givenUp, file),
        Map.of(
            "stands", stands,
            "applied", String.valueOf(applied),
            "givenUp", String.valueOf(givenUp),
            "file", file.toString()));
  }

  /** Empty when nothing was given up of it. */
  static Optional<DeltaRest> read(Journal journal, RunKey run) {
    return journal
        .newestMilestone(run, GIVEN_UP)
        .flatMap(
            entry ->
                entry.evidence() instanceof Milestone rest
                    ? Optional.of(of(rest.facts()))
                    : Optional.empty());
  }

  private static DeltaRest of(Map<String, String> facts) {
    return new DeltaRest(
        facts.getOrDefault("stands", ""),
        Long.parseLong(facts.getOrDefault("applied", "0")),
        Long.parseLong(facts.getOrDefault("givenUp", "0")),
        Path.of(facts.getOrDefault("file", "")));
  }
}

package dev.repli.reversibility.process;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.reversibility.Reversibility;
import dev.repli.reversibility.Strategy;
import dev.repli.reversibility.WayBack;
import dev.repli.rollback.EvidenceTable;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way that a run goes: the one that people chose as long as it may be gone, else the proposed.
 *
 * @param text what became of a choice, as Markdown; empty without one
 * @param evidence the same for the journal
 */
record WayChoice(Strategy way, String text, Optional<Milestone> evidence) {

  /**
   * @param chosen name of a strategy; empty when people chose none
   */
  static WayChoice of(Reversibility found, String chosen) {
    Strategy proposed = found.preferred().orElse(Strategy.REPLICATION);
    Optional<Strategy> wanted =
        Stream.of(Strategy.values()).filter(one -> one.name().equals(chosen)).findFirst();
    if (wanted.isEmpty()) {
      return new WayChoice(proposed, "", Optional.empty());
    }
    Strategy way = wanted.get();
    Optional<WayBack> measured = found.way(way);
    if (measured.filter(WayBack::mayBeGone).isPresent()) {
      String instead =
          way == proposed
              ? "%s was chosen, which is proposed now, too".formatted(way.word())
              : "%s was chosen; the decision table proposes %s"
                  .formatted(way.word(), proposed.word());
      return new WayChoice(
          way, "**" + instead + ".**\n\n", Optional.of(said("WAY_CHOSEN", instead, way, proposed)));
    }
    String why =
        "%s was chosen and has closed since: %s. Nothing was changed; %s is proposed instead"
            .formatted(
                way.word(),
                measured.map(WayBack::why).orElse("nobody measures it"),
                proposed.word());
    return new WayChoice(
        proposed,
        "**" + EvidenceTable.warning(why) + ".**\n\n",
        Optional.of(said("WAY_CHOICE_REFUSED", why, way, proposed)));
  }

  private static Milestone said(String name, String text, Strategy chosen, Strategy proposed) {
    return new Milestone(
        name, "Way back: " + text, Map.of("chosen", chosen.word(), "proposed", proposed.word()));
  }

  /** Those that may be gone instead, as {@code NAME=words} with a semicolon between them. */
  String others(Reversibility found) {
    return found.ways().stream()
        .filter(other -> other.strategy() != way && other.mayBeGone())
        .map(other -> other.strategy().name() + "=" + words(other.strategy()))
        .collect(Collectors.joining(";"));
  }

  /** For people; without the characters that {@link #others} puts between. */
  static String words(Strategy strategy) {
    return switch (strategy) {
      case REPLICATION -> "replication (the source takes over from the target)";
      case LOGICAL ->
          "logical (the target's changes are imported into the source, which takes over)";
      case IN_PLACE -> "in place (the backup from before the migration is restored)";
    };
  }
}

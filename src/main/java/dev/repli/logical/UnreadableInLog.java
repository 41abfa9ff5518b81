package dev.repli.logical;

import dev.repli.database.Position;
import dev.repli.delta.InTheWayException;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a run's reading came to and cannot read: reading again comes to the same. */
record UnreadableInLog(Journal journal) {
  private static final String NAME = "DELTA_UNREADABLE";
  private static final String WHY = "why";
  private static final String GTID = "gtid";
  private static final String TABLE = "table";

  /**
   * One of them.
   *
   * @param at a source that stands here or further has it; empty when nobody can tell
   * @param table {@code schema.table}; empty when it is not about one
   */
  record Part(String why, Optional<Position> at, String table) {}

  /** The way stays closed for later runs, too. Said once, however often. */
  void met(RunKey run, InTheWayException inTheWay) {
    String why = String.valueOf(inTheWay.getMessage());
    Map<String, String> facts = Map.of(WHY, why, GTID, inTheWay.gtid(), TABLE, inTheWay.table());
    if (said(run).noneMatch(facts::equals)) {
      journal.append(
          run,
          new Milestone(NAME, "The target's binary log has what cannot be read: " + why, facts));
    }
  }

  List<Part> of(RunKey run) {
    return said(run)
        .map(
            facts ->
                new Part(
                    facts.getOrDefault(WHY, ""),
                    Optional.of(facts.getOrDefault(GTID, ""))
                        .filter(gtid -> !gtid.isEmpty())
                        .map(gtid -> new Position(Position.Kind.MARIADB_GTID, gtid)),
                    facts.getOrDefault(TABLE, "")))
        .toList();
  }

  private Stream<Map<String, String>> said(RunKey run) {
    return journal.read(run).stream()
        .flatMap(
            entry ->
                entry.evidence() instanceof Milestone milestone && milestone.name().equals(NAME)
                    ? Stream.of(milestone.facts())
                    : Stream.empty());
  }
}

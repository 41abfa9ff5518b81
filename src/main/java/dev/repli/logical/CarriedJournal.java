package dev.repli.logical;

import dev.repli.database.Position;
import dev.repli.delta.ExtractDelta;
import dev.repli.delta.Place;
import dev.repli.delta.conflict.DeltaSums;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the journal keeps of a delta: numbers and places, never values of rows. */
record CarriedJournal(Journal journal, Clock clock) {
  private static final String EXTRACTED = "DELTA_EXTRACTED";
  private static final String INCOMPLETE = "DELTA_INCOMPLETE";
  private static final String FROM = "from";

  /** From now on everybody who looks at the run's delta is told. */
  void incomplete(RunKey run, String warning, Map<String, String> facts) {
    journal.append(run, new Milestone(INCOMPLETE, warning, facts));
  }

  /** What is missing in a run's delta; empty when it was read from the binary log. */
  Optional<String> incomplete(RunKey run) {
    return milestones(run, INCOMPLETE).reduce((earlier, later) -> later).map(Milestone::text);
  }

  private Stream<Milestone> milestones(RunKey run, String name) {
    return journal.read(run).stream()
        .flatMap(
            entry ->
                entry.evidence() instanceof Milestone milestone
                    ? Stream.of(milestone)
                    : Stream.empty())
        .filter(milestone -> milestone.name().equals(name));
  }

  /** Where the first file of a run begins, whoever wrote it. */
  Optional<Position> begun(RunKey run) {
    return milestones(run, EXTRACTED)
        .findFirst()
        .map(first -> first.facts().getOrDefault(FROM, ""))
        .map(from -> new Position(Position.Kind.MARIADB_GTID, from));
  }

  void extracted(RunKey run, Place from, ExtractDelta.Result.Extracted done) {
    extracted(run, from, done.end(), done.file(), done.counts().rows());
  }

  void extracted(RunKey run, Place from, Place end, Path file, long rows) {
    journal.append(
        run,
        new Milestone(
            EXTRACTED,
            "%d changes up to %s are in %s".formatted(rows, end, file.getFileName()),
            Map.of(
                FROM,
                from.position().value(),
                "file",
                file.toString(),
                "rows",
                Long.toString(rows))));
  }

  void imported(RunKey run, ImportCounts counts) {
    journal.append(
        run, new Milestone("DELTA_IMPORTED", CarriedCounts.words(counts), facts(counts)));
  }

  void closed(RunKey run, Plan plan, DeltaSums sums, List<Path> files) {
    Instant until = clock.instant().plus(plan.rollbackWindow());
    List<Evidence> evidence = new ArrayList<>();
    files.forEach(file -> evidence.add(new Measured("delta kept in", "", file.toString(), "file")));
    String warning = incomplete(run).map(missing -> ". " + missing).orElse("");
    evidence.add(
        new Milestone("DELTA_CARRIED", "The delta: " + sums.words() + warning, facts(sums)));
    evidence.add(
        new Milestone(
            "TARGET_KEPT",
            "%s stays fenced with its data until %s".formatted(plan.target().label(), until),
            Map.of("until", until.toString())));
    journal.appendAll(run, evidence);
  }

  private static Map<String, String> facts(DeltaSums sums) {
    return Map.of(
        "extracted", Long.toString(sums.extracted()),
        "applied", Long.toString(sums.applied()),
        "alreadyThere", Long.toString(sums.alreadyThere()),
        "abandoned", Long.toString(sums.abandoned()),
        "resolved", Long.toString(sums.resolved()),
        "deadLettered", Long.toString(sums.deadLettered()));
  }

  private static Map<String, String> facts(ImportCounts counts) {
    return Map.of(
        "extracted", Long.toString(counts.extracted()),
        "applied", Long.toString(counts.applied()),
        "alreadyThere", Long.toString(counts.alreadyThere()),
        "abandoned", Long.toString(counts.abandoned()),
        "held", Long.toString(counts.held()));
  }
}

package dev.repli.logical;

import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.ExtractDelta;
import dev.repli.delta.Place;
import dev.repli.delta.conflict.DeltaSums;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.stream.StreamOrder;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.MissingInDelta;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the journal keeps of a delta: numbers and places, never values of rows. */
record CarriedJournal(Journal journal, Clock clock) {
  private static final String EXTRACTED = "DELTA_EXTRACTED";
  private static final String STOPPED = "DELTA_STOPPED";
  private static final String BEGUN_AGAIN = "DELTA_BEGUN_AGAIN";

  private static final String BEFORE = "before";
  private static final String AFTER = "after";
  private static final String FROM = "from";
  private static final String END = "end";
  private static final String FILE = "file";

  /** What is missing in the run's delta, as far as it is known. */
  MissingInDelta missing() {
    return new MissingInDelta(journal);
  }

  private Stream<Milestone> milestones(RunKey run, String... names) {
    return journal.read(run).stream()
        .flatMap(
            entry ->
                entry.evidence() instanceof Milestone milestone
                    ? Stream.of(milestone)
                    : Stream.empty())
        .filter(milestone -> List.of(names).contains(milestone.name()));
  }

  /** Nothing leads over it; the way stays closed for later runs, too. */
  void stopped(RunKey run, Statement statement, Path file) {
    journal.append(
        run,
        new Milestone(
            STOPPED,
            "The target's binary log has a statement in the way: "
                + StatementInTheWay.words(statement),
            Map.of(
                "statement",
                StatementInTheWay.words(statement),
                BEFORE,
                statement.before().position().value(),
                AFTER,
                statement.after().position().value(),
                FILE,
                file.toString())));
  }

  /**
   * A statement that reading has come to.
   *
   * @param before the delta's files end here
   * @param after a source that stands here or further has it
   */
  record Stop(String statement, Position before, Position after) {}

  /** Where a run's reading stopped; empty when nothing is in the way, as far as it has read. */
  Optional<Stop> stopped(RunKey run) {
    return journal
        .newestMilestone(run, STOPPED)
        .flatMap(
            entry ->
                entry.evidence() instanceof Milestone stop
                    ? Optional.of(stop.facts())
                    : Optional.empty())
        .map(
            facts ->
                new Stop(
                    facts.getOrDefault("statement", ""),
                    gtid(facts.getOrDefault(BEFORE, "")),
                    gtid(facts.getOrDefault(AFTER, ""))));
  }

  /** It ran before; {@link SourceLeftBehind} sees to it when the run does not go on. */
  void replicationStopped(RunKey run, Node source) {
    if (!isReplicationStopped(run)) {
      journal.append(
          run,
          new Milestone(
              SourceLeftBehind.STOPPED,
              "Replication is stopped on " + source.label() + ": the delta is imported instead",
              Map.of("node", source.label())));
    }
  }

  /** It ran before; whoever sees to the source starts the very same again. */
  void streamStopped(RunKey run, StreamOrder stream) {
    if (journal.newestMilestone(run, StreamLeftBehind.STOPPED).isEmpty()) {
      journal.append(
          run,
          new Milestone(
              StreamLeftBehind.STOPPED,
              "The reverse stream from " + stream.from() + " ends: the delta is imported instead",
              Map.of(FROM, stream.from().value())));
    }
  }

  void importsAdmitted(RunKey run, Node source) {
    if (journal.newestMilestone(run, StreamLeftBehind.ADMITTED).isEmpty()) {
      journal.append(
          run,
          new Milestone(
              StreamLeftBehind.ADMITTED,
              "super_read_only is turned off on " + source.label() + ", read_only stays on",
              Map.of("node", source.label())));
    }
  }

  boolean isStreamStopped(RunKey run) {
    return journal.newestMilestone(run, StreamLeftBehind.STOPPED).isPresent();
  }

  boolean isReplicationStopped(RunKey run) {
    return journal.newestMilestone(run, SourceLeftBehind.STOPPED).isPresent();
  }

  private static Position gtid(String text) {
    return new Position(Position.Kind.MARIADB_GTID, text);
  }

  /** The files are thrown away: replication has brought some of it while people decided. */
  void begunAgain(RunKey run, Position at) {
    journal.append(
        run,
        new Milestone(
            BEGUN_AGAIN,
            "The source moved on by replication to " + at + "; the delta is read again from there",
            Map.of(FROM, at.value())));
  }

  /** Where the first file of a run begins, whoever wrote it. */
  Optional<Position> begun(RunKey run) {
    return milestones(run, EXTRACTED, BEGUN_AGAIN)
        .reduce(
            (first, later) ->
                first.name().equals(BEGUN_AGAIN) || later.name().equals(BEGUN_AGAIN)
                    ? later
                    : first)
        .filter(first -> first.name().equals(EXTRACTED))
        .map(first -> first.facts().getOrDefault(FROM, ""))
        .map(from -> new Position(Position.Kind.MARIADB_GTID, from));
  }

  /**
   * What a run has written, whichever Repli did it.
   *
   * @param ends where files end, in the order in which they were written
   * @param stopped whether the last one ends in front of a statement
   * @param unknown whether a version before this one wrote some, which did not say where they end
   * @param file the last one that is named; empty when none is
   */
  record Written(List<String> ends, boolean stopped, boolean unknown, String file) {

    /** What came later than the files here will be read by the import, but not what stops it. */
    boolean isHere(List<String> here) {
      boolean some = ends.stream().anyMatch(here::contains) || (unknown && !here.isEmpty());
      return some && !stopsBehind(here);
    }

    /** Whether there is a statement in the way to which the files here do not go. */
    boolean stopsBehind(List<String> here) {
      return stopped && !here.contains(ends.get(ends.size() - 1));
    }
  }

  /** Empty while nothing is written, or what was written is thrown away. */
  Optional<Written> written(RunKey run) {
    List<Milestone> files = new ArrayList<>();
    milestones(run, EXTRACTED, STOPPED, BEGUN_AGAIN)
        .forEach(
            one -> {
              if (one.name().equals(BEGUN_AGAIN)) {
                files.clear();
              } else {
                files.add(one);
              }
            });
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Milestone last = files.get(files.size() - 1);
    return Optional.of(
        new Written(
            files.stream().flatMap(one -> end(one).stream()).toList(),
            last.name().equals(STOPPED),
            files.stream().anyMatch(one -> end(one).isEmpty()),
            last.facts().getOrDefault(FILE, "")));
  }

  private static Optional<String> end(Milestone one) {
    return Optional.ofNullable(one.facts().get(one.name().equals(STOPPED) ? BEFORE : END));
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
                END,
                end.position().value(),
                FILE,
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
    String warning =
        missing().texts(run).stream().map(missing -> ". " + missing).collect(Collectors.joining());
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

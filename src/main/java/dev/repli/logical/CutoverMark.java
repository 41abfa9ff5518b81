package dev.repli.logical;

import dev.repli.database.Position;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.stream.OrderStream;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import dev.repli.writerswitch.PositionFacts;
import dev.repli.writerswitch.SwitchMilestones;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The position at which a switch handed the writer over, as the journal says. */
final class CutoverMark {
  private static final String CUTOVER = "CutoverProcess";
  private static final String ROLLBACK = "RollbackProcess";
  private static final int AT_ONCE = 20;

  /** Asked for when needed: the register itself needs the engine that the steps are part of. */
  private final Supplier<Runs> runs;

  private final Journal journal;

  CutoverMark(Supplier<Runs> runs, Journal journal) {
    this.runs = runs;
    this.journal = journal;
  }

  /** Of the newest cutover; empty when the plan was cut over without this Repli. */
  Optional<Position> ofCutover(Plan plan) {
    return cutover(plan).flatMap(run -> handedOver(run.key(), "TARGET"));
  }

  /** The newest that moved the writer, however many runs there were since. */
  private Optional<Run> cutover(Plan plan) {
    return newest(plan, CUTOVER, known -> known.stream().anyMatch(run -> hasHandedOver(run.key())))
        .stream()
        .filter(run -> hasHandedOver(run.key()))
        .findFirst();
  }

  private boolean hasHandedOver(RunKey run) {
    return handedOver(run, "TARGET").isPresent();
  }

  /** So many of them that they are enough, or all. */
  private List<Run> newest(Plan plan, String runbook, Predicate<List<Run>> enough) {
    for (int most = AT_ONCE; ; most *= 4) {
      List<Run> known = runs.get().newestReal(plan.id(), runbook, most);
      if (known.size() < most || enough.test(known)) {
        return known;
      }
    }
  }

  /**
   * What the newest cutover wrote down of both servers.
   *
   * @param opened where the target's own history began, in its language; empty between two servers
   *     that replicate by GTID, which know that by themselves
   * @param history of the source as far as it was the writer, in its own language; empty where the
   *     cutover was made by a Repli that did not write it down
   */
  record Handover(Optional<Position> opened, Optional<Position> history) {}

  /** Empty when the plan was cut over without this Repli. */
  Optional<Handover> handover(Plan plan) {
    return cutover(plan)
        .flatMap(run -> facts(run.key(), "TARGET"))
        .map(
            facts ->
                new Handover(
                    PositionFacts.find(facts, "opened"), PositionFacts.find(facts, "history")));
  }

  /** Imports of the streams back that were started since the newest cutover. */
  List<ImportId> streamsSince(Plan plan) {
    Set<ImportId> ids = new LinkedHashSet<>();
    handover(plan)
        .flatMap(Handover::opened)
        .ifPresent(opened -> ids.add(OrderStream.idOf(plan.id(), opened)));
    timeOfCutover(plan)
        .ifPresent(since -> ids.addAll(OrderStream.startedSince(journal, plan.id(), since)));
    return List.copyOf(ids);
  }

  /** The newest start of a stream back since the newest cutover. */
  Optional<OrderStream.Begun> newestStream(Plan plan) {
    return timeOfCutover(plan).flatMap(since -> OrderStream.newestSince(journal, plan, since));
  }

  /** Rollbacks since the newest cutover moved the writer, the newest first. */
  List<RunKey> runsSince(Plan plan) {
    Optional<Instant> begun = cutover(plan).map(Run::startedAt);
    Predicate<Run> since = run -> begun.isEmpty() || run.startedAt().isAfter(begun.get());
    return newest(plan, ROLLBACK, known -> !known.stream().allMatch(since)).stream()
        .filter(since)
        .map(Run::key)
        .toList();
  }

  /** When the newest cutover passed its point of no return, by Repli's clock. */
  Optional<Instant> timeOfCutover(Plan plan) {
    return cutover(plan).stream()
        .flatMap(run -> journal.read(run.key()).stream())
        .filter(
            entry ->
                entry.evidence() instanceof Milestone milestone
                    && milestone.name().equals(SwitchMilestones.POINT_OF_NO_RETURN)
                    && "TARGET".equals(milestone.facts().get("to")))
        .map(JournalEntry::at)
        .findFirst();
  }

  /** Of a run's own switch to that node; empty before its point of no return. */
  Optional<Position> handedOver(RunKey run, String to) {
    return facts(run, to).flatMap(facts -> PositionFacts.find(facts, "position"));
  }

  private Optional<Map<String, String>> facts(RunKey run, String to) {
    return journal.read(run).stream()
        .flatMap(
            entry ->
                entry.evidence() instanceof Milestone milestone
                    ? Stream.of(milestone)
                    : Stream.empty())
        .filter(milestone -> milestone.name().equals(SwitchMilestones.POINT_OF_NO_RETURN))
        .map(Milestone::facts)
        .filter(facts -> to.equals(facts.get("to")) && facts.containsKey("position"))
        .reduce((earlier, later) -> later);
  }
}

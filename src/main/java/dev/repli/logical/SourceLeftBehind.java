package dev.repli.logical;

import static java.util.stream.Collectors.joining;

import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.logical.EarlierImports.Earlier;
import dev.repli.longwork.WorkProgress;
import dev.repli.longwork.WorkProgress.State;
import dev.repli.longwork.WorkRecords;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source of a rollback that stopped its replication and then ended without moving the writer.
 * Where nothing was imported since, replication is started again as it was; else people are told
 * what mends it, since it would apply what is there already, and told again when a later rollback
 * imported more. The fence and Repli's own stream are seen to by {@link StreamLeftBehind}.
 */
final class SourceLeftBehind {
  static final String STOPPED = "SOURCE_REPLICATION_STOPPED";
  static final String STARTED = "SOURCE_REPLICATION_STARTED";
  static final String LEFT = "SOURCE_LEFT_BEHIND";

  private static final Logger LOG = LoggerFactory.getLogger(SourceLeftBehind.class);
  private static final Set<String> MOVES_THE_WRITER = Set.of("RollbackProcess", "CutoverProcess");

  /** Work without a sign of life for so long is dead. */
  private static final Duration SILENT = Duration.ofMinutes(1);

  private final Plans plans;
  private final Supplier<Runs> runs;
  private final Journal journal;
  private final WorkRecords works;
  private final Function<Plan, NodeSession> source;
  private final CutoverMark mark;
  private final EarlierImports imports;
  private final StreamLeftBehind stream;
  private final Clock clock;
  private final Set<RunKey> failing = new HashSet<>();

  /** The newest run then; it is not asked about over and over. */
  private final Map<PlanId, RunKey> seenTo = new HashMap<>();

  /**
   * @param source opens a connection to a plan's source
   */
  SourceLeftBehind(
      Plans plans,
      Supplier<Runs> runs,
      Journal journal,
      WorkRecords works,
      Function<Plan, NodeSession> source,
      CutoverMark mark,
      EarlierImports imports,
      StreamLeftBehind stream,
      Clock clock) {
    this.plans = plans;
    this.runs = runs;
    this.journal = journal;
    this.works = works;
    this.source = source;
    this.mark = mark;
    this.imports = imports;
    this.stream = stream;
    this.clock = clock;
  }

  /** Looks once; one plan's trouble does not stop the others. */
  void tick() {
    for (Plan plan : plans.all()) {
      newest(plan)
          .filter(run -> run.endedAt().isPresent() && !run.key().equals(seenTo.get(plan.id())))
          .ifPresent(run -> seeTo(plan, run.key()));
    }
  }

  /** A later run sees to the source by itself. */
  private Optional<Run> newest(Plan plan) {
    return MOVES_THE_WRITER.stream()
        .flatMap(runbook -> runs.get().newestReal(plan.id(), runbook, 1).stream())
        .max(Comparator.comparing(Run::startedAt));
  }

  private void seeTo(Plan plan, RunKey newest) {
    // asked before, since one at work may only be about to stop replication
    boolean atRest = isAtRest(newest);
    LeftBehind left = LeftBehind.of(journal, mark.runsSince(plan));
    if (atRest && left.runs().stream().allMatch(this::isAtRest)) {
      if (left.runs().isEmpty() || attempt(plan, left)) {
        seenTo.put(plan.id(), newest);
      }
    }
  }

  /** An import that was called off may be in its last transaction. */
  private boolean isAtRest(RunKey run) {
    return works.of(run).stream().noneMatch(this::isAtWork);
  }

  private boolean isAtWork(WorkProgress work) {
    return work.state() == State.RUNNING && clock.instant().isBefore(work.beatAt().plus(SILENT));
  }

  private boolean attempt(Plan plan, LeftBehind left) {
    RunKey newest = left.runs().get(0);
    try (NodeSession session = source.apply(plan)) {
      mend(plan, left, session);
      failing.remove(newest);
      return true;
    } catch (RuntimeException e) {
      if (failing.add(newest)) {
        LOG.warn("the source that {} left is looked at again: {}", newest, e.getMessage());
      }
      return false;
    }
  }

  private void mend(Plan plan, LeftBehind left, NodeSession session) {
    // one that was only asleep must not commit behind the look at what was imported
    left.runs().forEach(works::retire);
    List<Earlier> imported = imports.of(plan, session);
    if (!left.replication().isEmpty()) {
      replication(left.replication(), session, Earlier.of(left.replication(), imported));
    }
    boolean streams =
        !left.stream().isEmpty()
            && stream.mend(plan, left.stream(), session, Earlier.of(left.stream(), imported));
    // a stream writes through the same opening
    if (!left.fence().isEmpty() && !streams) {
      stream.close(plan, left.fence(), session);
    }
  }

  /** The newest run is told about, unless the last words still hold. */
  private void replication(List<RunKey> left, NodeSession session, List<Earlier> imported) {
    String where = session.node().label();
    if (LeftBehind.isTold(journal, LEFT, left, imported)) {
      return;
    }
    if (!imported.isEmpty()) {
      left(left.get(0), where, words(where, imported));
    } else if (!session.look().readOnly()) {
      left(left.get(0), where, where + " accepts writes by now, so its replication stays stopped");
    } else {
      session.startReplication();
      journal.append(
          left.get(0),
          new Milestone(
              STARTED,
              "Replication on "
                  + where
                  + " is started again: run "
                  + left.get(left.size() - 1)
                  + " had stopped it, and nothing was imported",
              Map.of("node", where)));
    }
  }

  private void left(RunKey run, String where, String text) {
    journal.append(
        run,
        new Milestone(
            LEFT,
            text,
            Map.of("node", where, "message", "step-stands", "step", "replication on the source")));
  }

  /**
   * @param imported what brought something since replication was stopped, the newest first
   */
  private static String words(String where, List<Earlier> imported) {
    Optional<Position> at = imported.stream().flatMap(one -> one.at().stream()).findFirst();
    String begun =
        "Replication on "
            + where
            + " stays stopped: "
            + imported.stream().map(one -> "run " + one.id()).collect(joining(", "))
            + " stopped it and imported the delta up to "
            + at.map(Object::toString).orElse("its beginning")
            + ". Another logical rollback goes on exactly there. ";
    boolean same =
        imported.stream()
            .allMatch(one -> one.keepsGtids() && one.abandoned() == 0 && one.held() == 0);
    return same && at.isPresent()
        ? begun
            + "To let it follow the target again: STOP SLAVE; SET GLOBAL gtid_slave_pos = '"
            + at.get().value()
            + "'; START SLAVE"
        : begun
            + "Do not start replication as it is: rows that were abandoned, held or written under"
            + " other ids differ, so copy the source anew from the target instead";
  }

  /** For the form of a step that failed after replication or the stream was stopped. */
  static String willBeSeenTo(CarriedJournal journal, RunKey run) {
    if (journal.isReplicationStopped(run)) {
      return WILL_BE_SEEN_TO;
    }
    return journal.isStreamStopped(run) ? StreamLeftBehind.WILL_BE_SEEN_TO : "";
  }

  private static final String WILL_BE_SEEN_TO =
      ". Replication on the source is stopped by this rollback: when it ends without moving the"
          + " writer, replication is started again if nothing was imported; else the journal says"
          + " what mends it";
}

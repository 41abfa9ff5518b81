package dev.repli.logical;

import dev.repli.database.NodeSession;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.logical.EarlierImports.Earlier;
import dev.repli.longwork.WorkProgress;
import dev.repli.longwork.WorkProgress.State;
import dev.repli.longwork.WorkRecords;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import dev.repli.writerswitch.SwitchMilestones;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source of a rollback that stopped its replication and then ended without moving the writer.
 * Where nothing was imported, replication is started again as it was; else people are told what
 * mends it, since it would apply what is there already.
 */
final class SourceLeftBehind {
  static final String STOPPED = "SOURCE_REPLICATION_STOPPED";
  static final String STARTED = "SOURCE_REPLICATION_STARTED";
  static final String LEFT = "SOURCE_LEFT_BEHIND";

  private static final Logger LOG = LoggerFactory.getLogger(SourceLeftBehind.class);
  private static final Set<String> MOVES_THE_WRITER = Set.of("RollbackProcess", "CutoverProcess");
  private static final int NEWEST = 50;

  /** Work without a sign of life for so long is dead. */
  private static final Duration SILENT = Duration.ofMinutes(1);

  private final Plans plans;
  private final Supplier<Runs> runs;
  private final Journal journal;
  private final WorkRecords works;
  private final Function<Plan, NodeSession> source;
  private final EarlierImports imports;
  private final Clock clock;
  private final Set<RunKey> failing = new HashSet<>();

  /**
   * @param source opens a connection to a plan's source
   */
  SourceLeftBehind(
      Plans plans,
      Supplier<Runs> runs,
      Journal journal,
      WorkRecords works,
      Function<Plan, NodeSession> source,
      EarlierImports imports,
      Clock clock) {
    this.plans = plans;
    this.runs = runs;
    this.journal = journal;
    this.works = works;
    this.source = source;
    this.imports = imports;
    this.clock = clock;
  }

  /** Looks once; one plan's trouble does not stop the others. */
  void tick() {
    for (Plan plan : plans.all()) {
      newest(plan)
          .filter(run -> run.endedAt().isPresent() && isLeft(run.key()) && isAtRest(run.key()))
          .ifPresent(run -> attempt(plan, run.key()));
    }
  }

  /** A later run sees to the source by itself. */
  private Optional<Run> newest(Plan plan) {
    return runs.get().newest(plan.id(), NEWEST).stream()
        .filter(run -> MOVES_THE_WRITER.contains(run.runbook()) && !run.dryRun())
        .findFirst();
  }

  private boolean isLeft(RunKey run) {
    return journal.newestMilestone(run, STOPPED).isPresent()
        && journal
            .newestMilestone(run, STARTED, LEFT, SwitchMilestones.POINT_OF_NO_RETURN)
            .isEmpty();
  }

  /** An import that was called off may be in its last transaction. */
  private boolean isAtRest(RunKey run) {
    return works.of(run).stream().noneMatch(this::isAtWork);
  }

  private boolean isAtWork(WorkProgress work) {
    return work.state() == State.RUNNING && clock.instant().isBefore(work.beatAt().plus(SILENT));
  }

  private void attempt(Plan plan, RunKey run) {
    try (NodeSession session = source.apply(plan)) {
      mend(plan, run, session);
      failing.remove(run);
    } catch (RuntimeException e) {
      if (failing.add(run)) {
        LOG.warn("the source that {} left is looked at again: {}", run, e.getMessage());
      }
    }
  }

  private void mend(Plan plan, RunKey run, NodeSession session) {
    Optional<Earlier> imported =
        imports.of(plan, session).stream().filter(one -> one.run().equals(run)).findFirst();
    String where = session.node().label();
    if (imported.isPresent()) {
      left(run, where, words(where, imported.get()));
    } else if (!session.look().readOnly()) {
      left(run, where, where + " accepts writes by now, so its replication stays stopped");
    } else {
      session.startReplication();
      journal.append(
          run,
          new Milestone(
              STARTED,
              "Replication on "
                  + where
                  + " is started again: this rollback had stopped it and imported nothing",
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

  private static String words(String where, Earlier imported) {
    String begun =
        "Replication on "
            + where
            + " stays stopped: this rollback stopped it and imported the delta up to "
            + imported.at().map(Object::toString).orElse("its beginning")
            + ". Another logical rollback goes on exactly there. ";
    boolean same = imported.keepsGtids() && imported.abandoned() == 0 && imported.held() == 0;
    return same && imported.at().isPresent()
        ? begun
            + "To let it follow the target again: STOP SLAVE; SET GLOBAL gtid_slave_pos = '"
            + imported.at().get().value()
            + "'; START SLAVE"
        : begun
            + "Do not start replication as it is: rows that were abandoned, held or written under"
            + " other ids differ, so copy the source anew from the target instead";
  }

  /** For the form of a step that failed after replication was stopped. */
  static final String WILL_BE_SEEN_TO =
      ". Replication on the source is stopped by this rollback: when it ends without moving the"
          + " writer, replication is started again if nothing was imported; else the journal says"
          + " what mends it";
}

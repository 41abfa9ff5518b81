package dev.repli.wayback;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;
import static dev.repli.rollback.Finding.risk;

import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.delta.conflict.ConflictCounts;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.delta.stream.KnownStream;
import dev.repli.delta.stream.StreamBarrier;
import dev.repli.delta.stream.StreamBarrier.Reach;
import dev.repli.delta.stream.StreamReport.State;
import dev.repli.delta.stream.StreamStore;
import dev.repli.plan.Plan;
import dev.repli.rollback.AbandonedTables;
import dev.repli.rollback.Finding;
import dev.repli.rollback.StandingStreamLook;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The stream runs, holds nothing, and reaches the position at which the target stands. */
final class StreamFindings implements StandingStreamLook {
  private static final Duration REACH = Duration.ofSeconds(5);
  private static final String RUNS = "reverse stream of Repli runs";
  private final StreamStore streams;
  private final HeldGroups held;
  private final StreamBarrier barrier;
  private final Clock clock;

  StreamFindings(StreamStore streams, HeldGroups held, StreamBarrier barrier, Clock clock) {
    this.streams = streams;
    this.held = held;
    this.barrier = barrier;
    this.clock = clock;
  }

  @Override
  public List<Finding> inspect(Plan plan, NodeSession target) {
    String where = plan.source().label();
    Optional<KnownStream> known = streams.find(plan.id());
    if (known.filter(KnownStream::wanted).isEmpty()) {
      return List.of(bad(RUNS, where, known.isEmpty() ? "it was never started" : "it was stopped"));
    }
    List<Finding> findings = new ArrayList<>(List.of(runs(known.get(), where)));
    findings.add(reaches(plan, target, where));
    // asked last: what was held meanwhile counts, too
    findings.addAll(held(held.counts(known.get().order().id()), where));
    findings.addAll(abandoned(plan, streams.find(plan.id()).orElseGet(known::get)));
    return findings;
  }

  /** Also what an earlier plan gave up: nobody reads it again. */
  private static List<Finding> abandoned(Plan plan, KnownStream stream) {
    long rows = stream.report().counts().abandoned();
    String soFar =
        rows
            + " changes so far (what cannot be read is not counted), in no archive: they are in the target's tables only";
    Optional<Finding> risk = AbandonedTables.risk(plan, soFar);
    if (risk.isEmpty() && rows > 0) {
      String before = "not those of tables that the plan abandoned before: " + soFar;
      return List.of(risk(AbandonedTables.WHAT, plan.source().label(), before));
    }
    return risk.stream().toList();
  }

  private Finding runs(KnownStream stream, String where) {
    boolean owned = !stream.owner().isEmpty() && clock.instant().isBefore(stream.until());
    boolean runs = owned && stream.report().state() == State.RUNNING;
    String why = stream.report().why().isEmpty() ? "" : ": " + stream.report().why();
    return expect(
        runs, RUNS, where, owned ? stream.report().state() + why : "no Repli runs it" + why);
  }

  private Finding reaches(Plan plan, NodeSession target, String where) {
    Position position = target.position();
    String what = "reaches the target's position " + position;
    Reach reach = barrier.await(plan.id(), position, REACH);
    return reach instanceof Reach.Reached reached
        ? good(what, where, "after " + reached.took().toMillis() + " ms")
        : bad(what, where, ((Reach.NotReached) reach).why());
  }

  private static List<Finding> held(ConflictCounts counts, String where) {
    List<Finding> findings = new ArrayList<>();
    long open = counts.open();
    findings.add(
        expect(
            open == 0,
            "nothing is held for people",
            where,
            open == 0
                ? "nothing"
                : open
                    + " changes: answer the task 'Resolve conflicts', or the writer cannot go back"));
    if (counts.resolved() > 0) {
      findings.add(note("conflicts decided by people", where, counts.resolved() + " changes"));
    }
    if (counts.deadLettered() > 0) {
      findings.add(
          risk(
              "everything of the target arrives",
              where,
              counts.deadLettered()
                  + " changes are left out as dead letters: these rows differ from the target's"));
    }
    return findings;
  }
}

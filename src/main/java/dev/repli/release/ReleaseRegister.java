package dev.repli.release;

import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.release.Release.Learned;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the register from the journal, which is the only place where it is written: a second table
 * could contradict it.
 */
public final class ReleaseRegister {
  private static final String MOVED = "POINT_OF_NO_RETURN";

  /** The writer stays where it is, with the release of before. */
  private static final String WENT_BACK = "IN_PLACE_OPENED";

  private static final String CUTOVER = "CutoverProcess";
  private static final String GO_BACK = "GO_BACK";

  private static final String PUBLISHED = "POST_MORTEM_PUBLISHED";

  /** Older runs of a plan than this many do not count any more. */
  private static final int RUNS = 200;

  private final Plans plans;
  private final Runs runs;
  private final Journal journal;

  public ReleaseRegister(Plans plans, Runs runs, Journal journal) {
    this.plans = plans;
    this.runs = runs;
    this.journal = journal;
  }

  /**
   * @param version when the run says it itself
   */
  private record Move(Run run, Instant at, Node.Role to, Optional<String> version) {
    boolean isOfCutover() {
      return run.runbook().equals(CUTOVER);
    }

    /** What a cutover does first; if it goes back, that is another move. */
    boolean isForward() {
      return isOfCutover() && to == Node.Role.TARGET;
    }
  }

  /** Of every plan, the newest first. */
  public List<Release> all() {
    return plans.all().stream()
        .flatMap(plan -> of(plan).stream())
        .sorted(Comparator.comparing(Release::since).reversed())
        .toList();
  }

  /** Of one plan, the oldest first. */
  public List<Release> of(Plan plan) {
    List<Move> moves =
        runs.newest(plan.id(), RUNS).stream()
            .filter(run -> !run.dryRun())
            .flatMap(this::moves)
            .sorted(Comparator.comparing(Move::at))
            .toList();
    List<Release> releases = new ArrayList<>();
    for (int place = 0; place < moves.size(); place++) {
      Optional<Move> next =
          place + 1 < moves.size() ? Optional.of(moves.get(place + 1)) : Optional.empty();
      releases.add(release(plan, moves.get(place), next));
    }
    return releases;
  }

  /** A run can move the writer more than once: a cutover that goes back, a rollback undone. */
  private Stream<Move> moves(Run run) {
    return journal.newestMilestone(run.key(), MOVED, WENT_BACK).isEmpty()
        ? Stream.empty()
        : journal.read(run.key()).stream().flatMap(entry -> move(run, entry));
  }

  private static Stream<Move> move(Run run, JournalEntry entry) {
    return entry.evidence() instanceof Milestone moved
            && (moved.name().equals(MOVED) || moved.name().equals(WENT_BACK))
            && moved.facts().containsKey("to")
        ? Stream.of(
            new Move(
                run,
                entry.at(),
                Node.Role.valueOf(moved.facts().get("to")),
                Optional.ofNullable(moved.facts().get("version"))))
        : Stream.empty();
  }

  private Release release(Plan plan, Move move, Optional<Move> next) {
    Node node = move.to() == Node.Role.SOURCE ? plan.source() : plan.target();
    return new Release(
        plan.id().value(),
        node.role().word(),
        node.label(),
        move.version().or(() -> version(move, node, next)),
        move.run().key().value(),
        move.run().runbook(),
        move.at(),
        next.map(Move::at),
        next.map(after -> after.run().key().value()),
        next.flatMap(this::why),
        next.filter(after -> !after.isForward()).flatMap(after -> learned(after.run())));
  }

  /** An accepted post-mortem says so in its own run's journal. */
  private Optional<Learned> learned(Run rollback) {
    return journal
        .newestMilestone(rollback.key().followedBy("-post-mortem"), PUBLISHED)
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(Milestone.class::cast)
        .map(
            published ->
                new Learned(
                    Optional.ofNullable(published.facts().get("cause")),
                    "/api/runs/" + rollback.key() + "/post-mortem"));
  }

  /** Read back after this move and before the next, by the run or by the watch that follows it. */
  private Optional<String> version(Move move, Node node, Optional<Move> next) {
    RunKey run = move.run().key();
    return Stream.of(run, run.followedBy("-watch"))
        .flatMap(any -> journal.read(any).stream())
        .filter(entry -> !entry.at().isBefore(move.at()))
        .filter(entry -> next.filter(after -> !entry.at().isBefore(after.at())).isEmpty())
        .map(JournalEntry::evidence)
        .filter(Measured.class::isInstance)
        .map(Measured.class::cast)
        .filter(seen -> seen.what().equals("version") && seen.node().equals(node.label()))
        .map(Measured::value)
        .findFirst();
  }

  /** Nobody asks for a cutover to go back when it begins: the reason is that of the decision. */
  private Optional<String> why(Move move) {
    return move.isOfCutover() && !move.isForward() ? decision(move) : asked(move.run());
  }

  private Optional<String> decision(Move back) {
    return journal.read(back.run().key()).stream()
        .filter(entry -> !entry.at().isAfter(back.at()))
        .map(JournalEntry::evidence)
        .filter(any -> any instanceof Decided decided && decided.answer().equals(GO_BACK))
        .map(any -> ((Decided) any).reason())
        .reduce((before, after) -> after)
        .filter(text -> !text.isBlank());
  }

  private Optional<String> asked(Run run) {
    return journal
        .newestMilestone(run.key(), "RUN_REQUESTED")
        .map(JournalEntry::evidence)
        .map(
            asked -> asked instanceof Milestone milestone ? milestone.facts().get("summary") : null)
        .filter(text -> !text.isBlank());
  }
}

package dev.repli.watch;

import dev.repli.criteria.Judgement;
import dev.repli.incident.Incident.Severity;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.watch.LookAround.Expected;
import dev.repli.watch.LookAround.Other;
import dev.repli.watch.LookAround.Seen;
import dev.repli.watch.WatchJournal.Known;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One round of the watch: looks, writes the round into the journal, and reports an incident when
 * something is bad at two looks in a row. It never starts a rollback: that is for the triage and
 * people.
 */
public final class WatchAfterRollback {
  private static final Logger LOG = LoggerFactory.getLogger(WatchAfterRollback.class);
  private static final String TRIAGE = "IncidentTriageProcess";
  private static final String IN_PLACE = "Rolled back in place";

  /** The second is how a cutover ends that went back by itself. */
  private static final Set<String> TO_SOURCE =
      Set.of("Rolled back to source", "Returned to source");

  /** The step from which on a cutover only looks. */
  private static final String CUTOVER_WATCH = "watch";

  static final Duration EVERY = Duration.ofMinutes(15);

  /** To a second look at who accepts writes. */
  private static final Duration SOON = Duration.ofSeconds(10);

  /** To a second look at everything else, and to the next try to report. */
  private static final Duration LATER = Duration.ofMinutes(1);

  private static final int RECENT = 20;

  private final LookAround around;

  /** Asked for when needed: the register itself needs the engine that the steps are part of. */
  private final Supplier<Runs> runs;

  private final ReportFromWatch report;
  private final WatchJournal journal;
  private final BlindCriteria blind;
  private final Clock clock;

  WatchAfterRollback(
      LookAround around,
      Supplier<Runs> runs,
      ReportFromWatch report,
      WatchJournal journal,
      BlindCriteria blind,
      Clock clock) {
    this.clock = clock;
    this.around = around;
    this.runs = runs;
    this.report = report;
    this.journal = journal;
    this.blind = blind;
  }

  /** How a round ended. */
  public enum State {
    GOOD,
    /** Bad for the first time: looked at again before anybody is called. */
    SUSPECT,
    BAD,
    /** The look itself failed. */
    UNKNOWN,
    /** Nothing is bad, but numbers are missing that would tell: nobody can say. */
    INCONCLUSIVE,
    /** Not judged: another run works on the plan and may be moving the writer right now. */
    BUSY,
    /** A later run moved the writer: it is that run's watch from now on. */
    MOVED;

    boolean judged() {
      return this != BUSY && this != MOVED;
    }
  }

  /** What follows when the time of the watch is over. */
  public enum AtEnd {
    GOOD,
    BAD,
    /** Nobody can say yet: look again all the same. */
    LOOK_AGAIN
  }

  /**
   * One round.
   *
   * @param next time to the next one
   */
  public record Round(State state, Duration next, AtEnd atEnd) {}

  public Round round(Watched watch, Plan plan) {
    RunKey run = watch.run();
    Known known = journal.known(run);
    Optional<RunKey> busy = working(plan);
    Optional<Seen> looked = look(watch, plan, known);
    Optional<RunKey> mover = mover(watch, plan);
    if (mover.isPresent()) {
      String moved = "moved the writer or changed its release";
      State state = journal.noted(watch, State.MOVED, mover.get(), moved);
      report.over(run, plan, known.open(), "run " + mover.get() + " " + moved);
      return new Round(state, EVERY, AtEnd.GOOD);
    }
    Seen seen = looked.orElseGet(WatchAfterRollback::failed);
    Set<String> bad = WatchJournal.bad(seen.findings());
    List<String> missing = missing(watch, plan, known, seen);
    // no run ever lets both accept writes
    if (!bad.isEmpty() && !bad.contains(LookAround.TWO_WRITERS)) {
      busy = busy.or(() -> working(plan));
      if (busy.isPresent()) {
        State state = journal.noted(watch, State.BUSY, busy.get(), "works on the plan");
        return new Round(state, EVERY, known.open().isEmpty() ? AtEnd.GOOD : AtEnd.BAD);
      }
    }
    if (bad.isEmpty() && !missing.isEmpty()) {
      State state = journal.inconclusive(watch, seen, missing);
      boolean wasBad = !known.open().isEmpty() || !known.badLast().isEmpty();
      return new Round(state, EVERY, wasBad ? AtEnd.BAD : AtEnd.GOOD);
    }
    if (bad.isEmpty()) {
      State state = journal.looked(watch, State.GOOD, seen);
      report.over(run, plan, known.open(), "all is good again");
      return new Round(state, EVERY, AtEnd.GOOD);
    }
    return judged(watch, plan, known, seen, looked.isPresent());
  }

  /** What is missing never counts as healthy, and people hear of it when it lasts. */
  private List<String> missing(Watched watch, Plan plan, Known known, Seen seen) {
    if (seen.criteria().isEmpty()) {
      return List.of();
    }
    Judgement now = seen.criteria().get();
    List<String> missing = MissingNumbers.of(plan, now, known.held());
    if (!watch.dryRun()) {
      Optional<Instant> since = missing.isEmpty() ? Optional.empty() : known.inconclusiveSince();
      blind.round(watch.run(), now, missing, since);
    }
    return missing;
  }

  /** A round ended in an exception again and again; people are asked. */
  public void failed(RunKey run, String why) {
    journal.failed(run, why);
  }

  /** Nobody is called for what was bad only once; what is bad in addition is news of its own. */
  private Round judged(Watched watch, Plan plan, Known known, Seen seen, boolean looked) {
    Set<String> fresh = new TreeSet<>(WatchJournal.bad(seen.findings()));
    boolean onlyFresh = fresh.stream().noneMatch(known.reported()::contains);
    fresh.removeAll(known.reported());
    Set<String> confirmed = new TreeSet<>(fresh);
    confirmed.retainAll(known.badLast());
    boolean suspect = onlyFresh && confirmed.isEmpty() && !watch.dryRun();
    State judged = suspect ? State.SUSPECT : State.BAD;
    State state = journal.looked(watch, looked ? judged : State.UNKNOWN, seen);
    boolean told =
        confirmed.isEmpty()
            || watch.dryRun()
            || report.bad(
                watch.run(),
                plan,
                known.incidents(),
                seen.findings(),
                confirmed,
                Severity.HIGH,
                kept(seen, confirmed));
    fresh.removeAll(confirmed);
    Duration next = fresh.isEmpty() ? (told ? EVERY : LATER) : again(fresh);
    return new Round(state, next, suspect ? AtEnd.LOOK_AGAIN : AtEnd.BAD);
  }

  /** Which criteria held: these have to be seen normal before it is over. */
  private static Map<String, String> kept(Seen seen, Set<String> confirmed) {
    return seen.criteria()
        .filter(now -> confirmed.contains(LookAround.CRITERIA))
        .map(now -> Verdict.of(now).facts(now))
        .orElse(Map.of());
  }

  private static Duration again(Set<String> fresh) {
    boolean writers =
        fresh.stream()
            .anyMatch(
                any ->
                    any.startsWith(LookAround.NODE)
                        || any.startsWith(LookAround.ANOTHER_WRITER)
                        || any.equals(LookAround.NO_WRITER)
                        || any.equals(LookAround.TWO_WRITERS));
    return writers ? SOON : LATER;
  }

  /** Whatever goes wrong in one look: the watch goes on, and says so. */
  private Optional<Seen> look(Watched watch, Plan plan, Known known) {
    Expected expected = expected(watch, plan, known);
    try {
      Seen seen = around.look(plan, expected, known.refused());
      return Optional.of(seen.and(reports(watch, plan)));
    } catch (RuntimeException e) {
      LOG.error("the look around plan {} failed; the next look follows", plan.id(), e);
      return Optional.empty();
    }
  }

  /** What people and systems reported about the plan within the time of one round. */
  private Finding reports(Watched watch, Plan plan) {
    Instant since = clock.instant().minus(EVERY);
    List<String> reported =
        runs.get().newest(plan.id(), RECENT).stream()
            .filter(any -> any.runbook().equals(TRIAGE) && !any.dryRun())
            .filter(any -> any.startedAt().isAfter(since))
            .filter(any -> !any.key().value().startsWith(watch.run().value() + "-"))
            .map(any -> "%s by %s".formatted(any.key(), any.requestedBy()))
            .toList();
    return Finding.note(
        "incidents reported in the last 15 min",
        "",
        reported.isEmpty() ? "none" : String.join(", ", reported));
  }

  private static Seen failed() {
    Finding look = Finding.bad("look", "", "it failed; Repli's log says why");
    return new Seen(Optional.empty(), Set.of(), new Findings(List.of(look)), Optional.empty());
  }

  /** Who has to be the writer is what the rollback ended as; else what the first look has seen. */
  private Expected expected(Watched watch, Plan plan, Known known) {
    Optional<String> result =
        watch.rollback().flatMap(key -> runs.get().find(key)).flatMap(Runs.Run::result);
    Optional<Node> upgraded = plan.upgradedInPlace();
    if (upgraded.isPresent() && result.filter(IN_PLACE::equals).isPresent()) {
      return new Expected(upgraded.map(Node::role), Other.DOES_NOT_COUNT);
    }
    Optional<Node.Role> writer =
        result.filter(TO_SOURCE::contains).isPresent()
            ? Optional.of(Node.Role.SOURCE)
            : known.writer();
    boolean both = known.answered().size() == Node.Role.values().length;
    return new Expected(writer, both ? Other.HAS_TO_ANSWER : Other.MAY_BE_SILENT);
  }

  private Optional<RunKey> working(Plan plan) {
    return runs.get().newest(plan.id(), RECENT).stream()
        .filter(any -> any.endedAt().isEmpty() && !any.dryRun())
        .filter(any -> !Runs.MOVE_NOTHING.contains(any.runbook()))
        .map(Runs.Run::key)
        .filter(any -> !journal.isAt(any, CUTOVER_WATCH))
        .findFirst();
  }

  /** A run that began after the rollback and passed its point of no return. */
  private Optional<RunKey> mover(Watched watch, Plan plan) {
    return runs.get().newest(plan.id(), RECENT).stream()
        .filter(any -> !any.dryRun() && any.startedAt().isAfter(watch.since()))
        .map(Runs.Run::key)
        .filter(key -> journal.passed(key, "POINT_OF_NO_RETURN", "IN_PLACE_VERSION_SWITCHES"))
        .findFirst();
  }
}

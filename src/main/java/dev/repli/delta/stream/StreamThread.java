package dev.repli.delta.stream;

import dev.repli.database.NodeException;
import dev.repli.database.Position;
import dev.repli.database.SuperReadOnly;
import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.Place;
import dev.repli.delta.Positions;
import dev.repli.delta.UnreadableDeltaException;
import dev.repli.delta.conflict.ConflictCounts;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportException;
import dev.repli.delta.imports.ImportResult;
import dev.repli.delta.stream.StreamReport.State;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one stream as long as its lease holds; what fails is tried again. */
final class StreamThread implements RunStream.Progress {
  private static final Logger LOG = LoggerFactory.getLogger(StreamThread.class);
  private static final Duration REPORT_EVERY = Duration.ofSeconds(1);

  /** Repli's own database is not written more often; a barrier waits that much longer. */
  private static final Duration REPORT_PAUSE = Duration.ofMillis(5);

  /** Whether people have decided; a row that they let go flows again so soon. */
  private static final Duration ASK_EVERY = Duration.ofSeconds(1);

  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(2);

  /**
   * After a failure it counts as running when it comes further, or has stood its ground so long.
   */
  private static final Duration SETTLES = Duration.ofSeconds(10);

  private final RunStream run;
  private final StreamStore streams;
  private final HeldGroups held;
  private final StreamOrder order;
  private final String owner;
  private final Clock clock;
  private final Consumer<Duration> pause;
  private final Function<PlanId, Optional<Plan>> plans;
  private final Thread thread;
  private volatile Instant until = Instant.MIN;
  private volatile boolean wanted = true;
  private volatile boolean blocked;
  private volatile Optional<Position> reached = Optional.empty();
  private volatile ImportCounts counts = ImportCounts.NONE;
  private Optional<Position> furthest = Optional.empty();
  private Optional<Instant> failed = Optional.empty();
  private Instant reported = Instant.EPOCH;
  private Instant asked = Instant.EPOCH;

  /** Of the changes that were held, as it was last asked. */
  private long decided;

  /** Since it was reported; asked again every few ms, so that the last move is never kept back. */
  private boolean moved = true;

  StreamThread(
      RunStream run,
      StreamStore streams,
      HeldGroups held,
      StreamOrder order,
      String owner,
      Clock clock,
      Consumer<Duration> pause,
      Function<PlanId, Optional<Plan>> plans) {
    this.run = run;
    this.streams = streams;
    this.held = held;
    this.order = order;
    this.owner = owner;
    this.clock = clock;
    this.pause = pause;
    this.plans = plans;
    this.thread = new Thread(this::work, "reverse-stream-" + order.plan());
    thread.setDaemon(true);
  }

  /**
   * @param lease how long it may write
   */
  void start(Instant lease) {
    until = lease;
    thread.start();
  }

  void keepUntil(Instant moment) {
    until = moment;
  }

  boolean isFor(StreamOrder other) {
    return order.equals(other);
  }

  /** As long as it is, it may write. */
  boolean isAlive() {
    return thread.isAlive();
  }

  /** Whether it has ended since it is people's turn. */
  boolean isBlocked() {
    return blocked;
  }

  Optional<Position> reached() {
    return reached;
  }

  /** It ends between two transactions; until then {@link #isAlive} says so. */
  void askToEnd() {
    wanted = false;
  }

  @Override
  public boolean goesOn() {
    return wanted && clock.instant().isBefore(until);
  }

  /** One that shall end may still commit, which is waited for; not one whose lease is over. */
  @Override
  public void committing() {
    if (!clock.instant().isBefore(until)) {
      throw new ImportException(
          "the lease of this Repli was over before a transaction was: it is read again by whoever"
              + " runs the stream next");
    }
  }

  @Override
  public void reached(Place place, ImportCounts now) {
    moved = moved || !reached.equals(Optional.of(place.position()));
    reached = Optional.of(place.position());
    counts = now.extracted() >= counts.extracted() ? now : counts;
    if (failsStill(place.position())) {
      return;
    }
    if (!clock.instant().isBefore(reported.plus(moved ? REPORT_PAUSE : REPORT_EVERY))) {
      moved = false;
      report(State.RUNNING, "");
    }
  }

  /** Each try begins by reading again what could not be written, and would look like running. */
  private boolean failsStill(Position here) {
    boolean beyond = furthest.filter(known -> Positions.covers(known, here)).isEmpty();
    if (beyond) {
      furthest = Optional.of(here);
    }
    Instant now = clock.instant();
    failed = failed.filter(at -> !beyond && now.isBefore(at.plus(SETTLES)));
    return failed.isPresent();
  }

  @Override
  public boolean decided() {
    Instant now = clock.instant();
    if (now.isBefore(asked.plus(ASK_EVERY))) {
      return false;
    }
    asked = now;
    long known = decided;
    try {
      ConflictCounts counted = held.counts(order.id());
      decided = counted.held() - counted.open();
    } catch (RuntimeException e) {
      LOG.warn("the stream of plan {} could not ask: {}", order.plan(), e.getMessage());
    }
    return decided != known;
  }

  private void work() {
    while (goesOn() && !blocked) {
      try {
        blocked = isBlocked(run.run(plan(), order, this));
      } catch (NodeException | ImportException e) {
        fail(e, State.FAILED);
      } catch (UnreadableDeltaException e) {
        fail(e, State.BLOCKED);
        blocked = true;
      } catch (RuntimeException e) {
        LOG.error("the stream of plan {} failed", order.plan(), e);
        fail(e, State.FAILED);
      }
    }
    if (!wanted) {
      report(State.STOPPED, "");
    }
  }

  private Plan plan() {
    return plans
        .apply(order.plan())
        .orElseThrow(() -> new ImportException("plan " + order.plan() + " is gone"));
  }

  private boolean isBlocked(ImportResult result) {
    counts = result.counts();
    if (result instanceof ImportResult.StoppedAtStatement stopped) {
      report(State.BLOCKED, words(stopped.statement()));
      return true;
    }
    if (result instanceof ImportResult.TableNotReady table) {
      report(State.BLOCKED, table.table() + ": " + String.join("; ", table.reasons()));
      return true;
    }
    if (result instanceof ImportResult.TooManyHeld many) {
      report(State.BLOCKED, "more than " + many.limit() + " rows are held");
      return true;
    }
    return false;
  }

  /** Its text may contain values of rows. */
  private static String words(Statement statement) {
    return "a statement in schema '%s' changes more than rows (%s, before %s): do the same on the source by hand, decide what is held, and start a stream from %s"
        .formatted(
            statement.schema(),
            statement.kind(),
            statement.before().position().value(),
            statement.after().position().value());
  }

  private void fail(RuntimeException e, State state) {
    failed = Optional.of(clock.instant());
    report(state, SuperReadOnly.explained(String.valueOf(e.getMessage())));
    if (goesOn()) {
      pause.accept(TRY_AGAIN_AFTER);
    }
  }

  /** Repli's own database may be away for a moment; the stream itself goes on. */
  private void report(State state, String why) {
    Instant now = clock.instant();
    reported = now;
    try {
      streams.report(order.plan(), owner, new StreamReport(state, reached, now, counts, why));
    } catch (RuntimeException e) {
      LOG.warn("the stream of plan {} could not report: {}", order.plan(), e.getMessage());
    }
  }
}

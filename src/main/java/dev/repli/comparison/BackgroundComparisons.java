package dev.repli.comparison;

import dev.repli.comparison.TableComparison.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Comparisons that go on while somebody asks for them again and again, as a step of a process does.
 * When nobody asks any more, because the run was aborted or Repli was killed, the work stops; who
 * asks later for the same comparison lets it go on where it was.
 */
public final class BackgroundComparisons {
  private final TableComparison comparisons;
  private final Executor executor;
  private final Clock clock;
  private final Map<ComparisonId, Work> works = new ConcurrentHashMap<>();

  /**
   * @param executor may run for hours
   */
  public BackgroundComparisons(TableComparison comparisons, Executor executor, Clock clock) {
    this.comparisons = comparisons;
    this.executor = executor;
    this.clock = clock;
  }

  /** How a comparison does. */
  public sealed interface State {
    /** It works. */
    record Working(Progress progress) implements State {}

    /** Every table is decided, or it could not be found out; then asking again goes on. */
    record Ended(ComparisonResult result) implements State {}

    /** Somebody has to mend something; asking again goes on. */
    record Failed(String why) implements State {}
  }

  private record Work(CompletableFuture<ComparisonResult> result, Wanted wanted) {}

  /** Until when somebody is known to wait. */
  private static final class Wanted {
    private volatile Instant until = Instant.MIN;
  }

  /**
   * Begins it, or takes it up again, and says how far it is. At once.
   *
   * @param askedEvery when nobody has asked for three times this long, it stops
   */
  public State advance(ComparisonRequest request, Duration askedEvery) {
    Work work = works.computeIfAbsent(request.id(), id -> begin(request));
    work.wanted().until = clock.instant().plus(askedEvery.multipliedBy(3));
    if (!work.result().isDone()) {
      return new State.Working(comparisons.progress(request.id()).orElse(new Progress(0, 0, 0, 0)));
    }
    State state = ended(work);
    boolean settled =
        state instanceof State.Ended ended && ended.result().verdict() != Verdict.UNDECIDED;
    if (!settled) {
      works.remove(request.id(), work);
    }
    return state;
  }

  private Work begin(ComparisonRequest request) {
    Wanted wanted = new Wanted();
    wanted.until = Instant.MAX;
    CompletableFuture<ComparisonResult> result =
        CompletableFuture.supplyAsync(
            () -> comparisons.compare(request, () -> clock.instant().isBefore(wanted.until)),
            executor);
    return new Work(result, wanted);
  }

  private static State ended(Work work) {
    try {
      return new State.Ended(work.result().join());
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String why = cause.getMessage();
      return new State.Failed(why == null ? cause.getClass().getSimpleName() : why);
    }
  }
}

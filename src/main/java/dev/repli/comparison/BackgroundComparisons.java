package dev.repli.comparison;

import dev.repli.comparison.TableComparison.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons that go on while somebody asks for them again and again, as a step of a process does.
 * When nobody asks any more, because the run was aborted or Repli was killed, the work stops; who
 * asks later for the same comparison lets it go on where it was.
 *
 * <p>Of several Repli on one database one works, and it does not matter which of them is asked.
 * When it dies, whoever is asked then takes over.
 */
public final class BackgroundComparisons {
  private static final Duration DEAD = Duration.ofSeconds(30);

  /** How often {@link #beat} is to be called. */
  static final Duration BEAT = Duration.ofSeconds(4);

  private final String owner = UUID.randomUUID().toString();
  private final TableComparison comparisons;
  private final ComparisonClaims claims;
  private final Executor executor;
  private final Clock clock;
  private final Map<ComparisonId, Work> works = new ConcurrentHashMap<>();

  /**
   * @param executor may run for hours
   */
  public BackgroundComparisons(
      TableComparison comparisons, ComparisonClaims claims, Executor executor, Clock clock) {
    this.comparisons = comparisons;
    this.claims = claims;
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

  private record Work(CompletableFuture<ComparisonResult> result) {}

  /**
   * Begins it, or takes it up again, and says how far it is. At once.
   *
   * @param askedEvery when nobody has asked for three times this long, it stops
   */
  public State advance(ComparisonRequest request, Duration askedEvery) {
    ComparisonId id = request.id();
    Instant wantedUntil = clock.instant().plus(askedEvery.multipliedBy(3));
    Work work = works.computeIfAbsent(id, same -> beginUnlessAnotherDoes(request, wantedUntil));
    claims.want(id, wantedUntil);
    if (work == null || !work.result().isDone()) {
      return new State.Working(comparisons.progress(id).orElse(new Progress(0, 0, 0, 0)));
    }
    State state = ended(work);
    boolean settled =
        state instanceof State.Ended ended && ended.result().verdict() != Verdict.UNDECIDED;
    if (!settled) {
      works.remove(id, work);
    }
    return state;
  }

  private @Nullable Work beginUnlessAnotherDoes(ComparisonRequest request, Instant wantedUntil) {
    Instant now = clock.instant();
    if (!claims.take(request.id(), owner, now, now.minus(DEAD))) {
      return null;
    }
    claims.want(request.id(), wantedUntil);
    return new Work(CompletableFuture.supplyAsync(() -> compare(request), executor));
  }

  private ComparisonResult compare(ComparisonRequest request) {
    ComparisonId id = request.id();
    try {
      return comparisons.compare(request, () -> claims.goesOn(id, owner, clock.instant()));
    } finally {
      claims.release(id, owner);
    }
  }

  /** A sign of life for what this Repli works at; a table may be read for hours without another. */
  void beat() {
    works.forEach(
        (id, work) -> {
          if (!work.result().isDone()) {
            claims.beat(id, owner, clock.instant());
          }
        });
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

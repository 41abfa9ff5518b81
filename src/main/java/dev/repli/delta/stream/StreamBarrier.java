package dev.repli.delta.stream;

import dev.repli.database.Position;
import dev.repli.delta.Positions;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.plan.PlanId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits until everything of the target up to a position is on the source. */
public final class StreamBarrier {
  private final StreamStore streams;
  private final HeldGroups held;
  private final Clock clock;
  private final Consumer<Duration> pause;
  private final Duration lookEvery;

  /** Looks often enough for people. */
  public StreamBarrier(
      StreamStore streams, HeldGroups held, Clock clock, Consumer<Duration> pause) {
    this(streams, held, clock, Duration.ofMillis(20), pause);
  }

  /**
   * @param lookEvery how often Repli's own database is asked
   * @param pause waits
   */
  public StreamBarrier(
      StreamStore streams,
      HeldGroups held,
      Clock clock,
      Duration lookEvery,
      Consumer<Duration> pause) {
    this.streams = streams;
    this.held = held;
    this.clock = clock;
    this.lookEvery = lookEvery;
    this.pause = pause;
  }

  /** What came of waiting. */
  public sealed interface Reach {
    /** Everything up to the position is on the source, or people decided about it. */
    record Reached(Duration took) implements Reach {}

    /** Not in time, or not at all. */
    record NotReached(String why) implements Reach {}
  }

  /** Bounded; what waits for a decision counts as not there. */
  public Reach await(PlanId plan, Position position, Duration atMost) {
    Instant begin = clock.instant();
    while (true) {
      Optional<KnownStream> stream = streams.find(plan);
      Optional<Reach> reach = stream.flatMap(known -> reach(known, position, begin));
      if (reach.isPresent()) {
        return reach.get();
      }
      if (!clock.instant().isBefore(begin.plus(atMost))) {
        return new Reach.NotReached(
            stream
                .map(
                    known ->
                        "it is at %s (%s) after %d ms"
                            .formatted(
                                known.report().reached().map(Position::value).orElse("no position"),
                                known.report().why().isEmpty()
                                    ? known.report().state().name()
                                    : known.report().why(),
                                atMost.toMillis()))
                .orElse("the plan has no stream"));
      }
      pause.accept(lookEvery);
    }
  }

  private Optional<Reach> reach(KnownStream known, Position position, Instant begin) {
    boolean there =
        known.report().reached().filter(at -> Positions.covers(at, position)).isPresent();
    if (!there) {
      return Optional.empty();
    }
    // asked behind the report: what is held up to there is kept before it is reported
    long open = held.counts(known.order().id()).open();
    return Optional.of(
        open == 0
            ? new Reach.Reached(Duration.between(begin, clock.instant()))
            : new Reach.NotReached(open + " changes are held as conflicts; decide them first"));
  }
}

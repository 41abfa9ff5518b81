package dev.repli.delta.stream;

import dev.repli.plan.PlanId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Ends a plan's stream for good, whichever node runs it. */
public final class EndStream {
  private static final Duration AT_MOST = ReverseStreams.LEASE.multipliedBy(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private final StreamStore streams;
  private final OrderStream order;
  private final Clock clock;
  private final Consumer<Duration> pause;

  /**
   * @param pause waits
   */
  public EndStream(StreamStore streams, OrderStream order, Clock clock, Consumer<Duration> pause) {
    this.streams = streams;
    this.order = order;
    this.clock = clock;
    this.pause = pause;
  }

  /** The plan's stream that shall run, whatever it is at; empty when none shall. */
  public Optional<StreamOrder> wanted(PlanId plan) {
    return order.wanted(plan);
  }

  /**
   * Stops it and waits until nobody writes for it any more.
   *
   * @return why it goes on; empty when nothing streams
   */
  public Optional<String> end(PlanId plan, String who, String reason) {
    if (streams.find(plan).filter(KnownStream::wanted).isPresent()) {
      var unused = order.stop(plan, who, reason);
    }
    Instant end = clock.instant().plus(AT_MOST);
    while (true) {
      Optional<KnownStream> known = streams.find(plan);
      if (known.filter(this::mayWrite).isEmpty()) {
        return Optional.empty();
      }
      if (!clock.instant().isBefore(end)) {
        return Optional.of(
            "the reverse stream of plan %s does not end; Repli %s runs it"
                .formatted(plan, known.get().owner()));
      }
      pause.accept(LOOK_EVERY);
    }
  }

  /** A node that has died holds its lease to the end, since it may only be slow. */
  private boolean mayWrite(KnownStream known) {
    return known.wanted() || (!known.owner().isEmpty() && clock.instant().isBefore(known.until()));
  }
}

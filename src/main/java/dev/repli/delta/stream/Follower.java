package dev.repli.delta.stream;

import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Passed;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Sees what an import is given and when it commits, and so knows how far it is. */
final class Follower implements ImportObserver {
  private final Clock clock;
  private final BooleanSupplier wanted;
  private final Consumer<StreamState> told;
  private StreamState state;

  /** The end of the last transaction that was given out. */
  private Optional<Place> given = Optional.empty();

  /** When the last transaction that was given out was written. */
  private Optional<Instant> newest = Optional.empty();

  private boolean inside;

  Follower(Clock clock, BooleanSupplier wanted, Consumer<StreamState> told, StreamState state) {
    this.clock = clock;
    this.wanted = wanted;
    this.told = told;
    this.state = state;
  }

  /**
   * Looks at the stream from here on.
   *
   * @param done what is committed already
   */
  DeltaStream follow(DeltaStream stream, Optional<Place> done) {
    inside = false;
    given = done;
    if (done.isPresent()) {
      state = new StreamState(done, state.waitingSince(), state.heardAt(), state.counts());
      told.accept(state);
    }
    return new Followed(stream);
  }

  @Override
  public boolean committed(ImportCounts counts) {
    tell(given, inside ? newest : Optional.empty(), counts);
    return true;
  }

  private void tell(Optional<Place> reached, Optional<Instant> waiting, ImportCounts counts) {
    state = new StreamState(reached, waiting, clock.instant(), counts);
    told.accept(state);
  }

  private final class Followed implements DeltaStream {
    private final DeltaStream stream;
    private boolean nothingWaits;

    Followed(DeltaStream stream) {
      this.stream = stream;
    }

    @Override
    public DeltaEvent next(Duration atMost) {
      if (nothingWaits && given.isPresent()) {
        // whoever asks for more has committed all before it
        tell(given, Optional.empty(), state.counts());
      }
      if (!inside && given.isPresent() && !wanted.getAsBoolean()) {
        return new Finished(given.get());
      }
      DeltaEvent event = stream.next(atMost);
      seen(event);
      return event;
    }

    private void seen(DeltaEvent event) {
      nothingWaits = event instanceof Passed && !inside;
      if (event instanceof Begin begin) {
        inside = true;
        newest = Optional.of(begin.written());
        tell(state.reached(), state.waitingSince().or(() -> newest), state.counts());
      } else if (event instanceof End end) {
        inside = false;
        given = Optional.of(end.after());
      } else if (event instanceof Passed passed && !inside) {
        given = Optional.of(passed.after());
      }
    }

    @Override
    public void close() {
      stream.close();
    }
  }
}

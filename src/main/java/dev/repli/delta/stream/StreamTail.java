package dev.repli.delta.stream;

import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.Begin;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Finished;
import dev.repli.delta.DeltaEvent.Passed;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream that ends between two transactions when it shall, and says what of it was handled. */
final class StreamTail implements DeltaStream {
  private final DeltaStream inner;
  private final BooleanSupplier goesOn;
  private final Consumer<Place> handled;
  private Place ended;
  private @Nullable DeltaEvent last;
  private boolean inside;

  /**
   * @param begin where it is now
   * @param handled told of places up to which everything is committed
   */
  StreamTail(DeltaStream inner, Place begin, BooleanSupplier goesOn, Consumer<Place> handled) {
    this.inner = inner;
    this.ended = begin;
    this.goesOn = goesOn;
    this.handled = handled;
  }

  /** Asked for the next one, the import has committed everything before a pause. */
  @Override
  public DeltaEvent next(Duration atMost) {
    if (last instanceof Passed && !inside) {
      handled.accept(ended);
    }
    if (!inside && !goesOn.getAsBoolean()) {
      last = new Finished(ended);
      return last;
    }
    DeltaEvent event = inner.next(atMost);
    if (event instanceof Begin) {
      inside = true;
    } else if (event instanceof End end) {
      inside = false;
      ended = end.after();
    } else if (event instanceof Passed passed && !inside) {
      ended = passed.after();
    }
    last = event;
    return event;
  }

  /** The import has committed what was handed out; a transaction is never committed by halves. */
  void committed() {
    handled.accept(ended);
  }

  @Override
  public void close() {
    inner.close();
  }
}

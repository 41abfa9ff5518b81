package dev.repli.logical;

import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.delta.DeltaEvent;
import dev.repli.delta.DeltaEvent.End;
import dev.repli.delta.DeltaEvent.Passed;
import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import dev.repli.delta.Positions;
import dev.repli.delta.imports.ChangeFeed;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.ImportObserver;
import dev.repli.delta.imports.ImportRequest;
import dev.repli.delta.imports.ImportResult;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Measured;
import dev.repli.writerswitch.Carrier.Carriage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** An import without an end, on a thread of its own, that says up to where it has committed. */
final class LiveCarriage implements Carriage {
  /** A commit under way ends before that, or its session is left to die: an undo waits for this. */
  private static final Duration ENDING = Duration.ofMillis(500);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ImportCounts before;
  private final Thread thread;
  private final Consumer<Evidence> evidence;
  private Optional<Position> reached;
  private Optional<String> held = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private ImportCounts counts;
  private boolean closed;

  private LiveCarriage(
      ImportDelta imports,
      ImportRequest request,
      ChangeFeed feed,
      Checkpoint known,
      Consumer<Evidence> evidence) {
    this.before = known.counts();
    this.counts = known.counts();
    this.reached = known.place().map(Place::position);
    this.evidence = evidence;
    this.thread = new Thread(() -> run(imports, request, feed), "carry-" + request.id());
    thread.setDaemon(true);
  }

  static LiveCarriage start(
      ImportDelta imports,
      ImportRequest request,
      ChangeFeed feed,
      Checkpoint known,
      Consumer<Evidence> evidence) {
    LiveCarriage carriage = new LiveCarriage(imports, request, feed, known, evidence);
    carriage.thread.start();
    return carriage;
  }

  private void run(ImportDelta imports, ImportRequest request, ChangeFeed feed) {
    try {
      Watched watched = new Watched(feed);
      ImportResult result = imports.run(request, watched, watched);
      fail("the import ended: " + words(result));
    } catch (CancellationException closing) {
      fail("the import was ended");
    } catch (RuntimeException failed) {
      String why = failed.getMessage();
      fail(why == null ? failed.getClass().getSimpleName() : why);
    }
  }

  private static String words(ImportResult result) {
    if (result instanceof ImportResult.StoppedAtStatement at) {
      return "a statement changes more than rows: " + StatementInTheWay.words(at.statement());
    }
    if (result instanceof ImportResult.TableNotReady table) {
      return table.table() + " cannot be imported into: " + String.join("; ", table.reasons());
    }
    return result.getClass().getSimpleName();
  }

  /** Sees up to where what was read is committed. */
  private final class Watched implements ChangeFeed, ImportObserver {
    private final ChangeFeed feed;
    private Optional<Place> ended = Optional.empty();
    private Optional<Place> passed = Optional.empty();

    Watched(ChangeFeed feed) {
      this.feed = feed;
    }

    @Override
    public boolean committed(ImportCounts now) {
      LiveCarriage.this.committed(now, ended);
      return true;
    }

    /** Nobody waits for the end of a long transaction: it may be open when the switch is undone. */
    @Override
    public void committing() {
      endIfClosed();
    }

    @Override
    public DeltaStream after(Optional<Place> place) {
      ended = Optional.empty();
      passed = Optional.empty();
      DeltaStream inner = feed.after(place);
      return new DeltaStream() {
        @Override
        public DeltaEvent next(Duration atMost) {
          // whoever asks for more has committed what stood before a pause
          passed.ifPresent(LiveCarriage.this::passed);
          endIfClosed();
          DeltaEvent event = inner.next(atMost);
          passed = event instanceof Passed pause ? Optional.of(pause.after()) : Optional.empty();
          if (event instanceof End end) {
            ended = Optional.of(end.after());
          } else if (event instanceof Passed pause) {
            ended = Optional.of(pause.after());
          }
          return event;
        }

        @Override
        public void close() {
          inner.close();
        }
      };
    }
  }

  private void endIfClosed() {
    lock.lock();
    try {
      if (closed) {
        throw new CancellationException();
      }
    } finally {
      lock.unlock();
    }
  }

  private void committed(ImportCounts now, Optional<Place> place) {
    lock.lock();
    try {
      counts = now;
      if (now.held() > before.held()) {
        held =
            Optional.of(
                (now.held() - before.held())
                    + " changes are held for people: rows that both sides have changed");
      }
      reached = place.isPresent() ? place.map(Place::position) : reached;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void passed(Place place) {
    lock.lock();
    try {
      if (!reached.equals(Optional.of(place.position()))) {
        reached = Optional.of(place.position());
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void fail(String why) {
    lock.lock();
    try {
      failure = failure.isPresent() ? failure : Optional.of(why);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CatchUp waitFor(Position position, Duration atMost) {
    long begun = System.nanoTime();
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (held.isEmpty() && failure.isEmpty() && !covers(position) && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (held.isEmpty() && covers(position)) {
        // the old writer may be dead by now: what is committed does not need it
        return new CatchUp.Reached(Duration.ofNanos(System.nanoTime() - begun));
      }
      return new CatchUp.NotReached(
          held.or(() -> failure)
              .orElseGet(
                  () ->
                      "the import is at %s after %d ms"
                          .formatted(
                              reached.map(Position::value).orElse("its beginning"),
                              atMost.toMillis())));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new CatchUp.NotReached("interrupted");
    } finally {
      lock.unlock();
    }
  }

  private boolean covers(Position position) {
    return reached.isPresent() && Positions.covers(reached.get(), position);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      evidence.accept(
          new Measured(
              "carried inside the switch",
              "",
              Long.toString(counts.extracted() - before.extracted()),
              "changes"));
    } finally {
      lock.unlock();
    }
    try {
      thread.join(TimeUnit.NANOSECONDS.toMillis(ENDING.toNanos()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

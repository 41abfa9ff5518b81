package dev.repli.delta.imports;

import dev.repli.database.NodeException;
import dev.repli.delta.DeltaStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Imports changes, from where it is on to their end. */
public final class ImportDelta {
  private final ImportTarget target;
  private final HeldChanges held;
  private final Consumer<Duration> pause;

  /**
   * @param pause waits
   */
  public ImportDelta(ImportTarget target, HeldChanges held, Consumer<Duration> pause) {
    this.target = target;
    this.held = held;
    this.pause = pause;
  }

  /**
   * Applies what is not applied yet. A node that does not answer for a while is waited for; what
   * its lost answer meant is read from the node itself.
   *
   * @throws NodeException when the node does not answer for long, or refuses
   * @throws ImportException when another session imports the same, or what the node counts as held
   *     is not in Repli's own database
   * @throws dev.repli.delta.UnreadableDeltaException when the changes cannot be read on
   */
  public ImportResult run(ImportRequest request, ChangeFeed feed, ImportObserver observer) {
    Attempts attempts = new Attempts(request.limits(), pause);
    ImportObserver watched = watched(observer, attempts);
    while (true) {
      try (ImportSession session = target.open(request.into(), request.account())) {
        return run(request, feed, session, watched);
      } catch (NodeException | HeldBusyException failure) {
        attempts.failed(failure);
      }
    }
  }

  private static ImportObserver watched(ImportObserver observer, Attempts attempts) {
    return new ImportObserver() {
      @Override
      public boolean committed(ImportCounts counts) {
        attempts.progress();
        return observer.committed(counts);
      }

      @Override
      public boolean wanted() {
        return observer.wanted();
      }

      @Override
      public void committing() {
        observer.committing();
      }

      @Override
      public void resumed(ImportCounts counts) {
        observer.resumed(counts);
      }

      @Override
      public boolean decided() {
        return observer.decided();
      }
    };
  }

  private ImportResult run(
      ImportRequest request, ChangeFeed feed, ImportSession session, ImportObserver observer) {
    HeldRows rows = new HeldRows(request.id(), held);
    Optional<Checkpoint> known = rows.begin(session);
    known.map(Checkpoint::counts).ifPresent(observer::resumed);
    try (DeltaStream changes = feed.after(known.flatMap(Checkpoint::place))) {
      ImportResult result = new ImportRun(request, session, rows, known, observer).run(changes);
      var unused = rows.settle(session);
      return result;
    }
  }

  private static boolean isForGood(RuntimeException failure) {
    return failure instanceof NodeException node
        && node.action() != NodeException.Action.WAIT_AND_RETRY;
  }

  /** How often something failed without anything done in between. */
  private static final class Attempts {
    private final ImportLimits limits;
    private final Consumer<Duration> pause;
    private int failures;

    Attempts(ImportLimits limits, Consumer<Duration> pause) {
      this.limits = limits;
      this.pause = pause;
    }

    void progress() {
      failures = 0;
    }

    void failed(RuntimeException failure) {
      failures++;
      if (isForGood(failure) || failures >= limits.attempts()) {
        throw failure;
      }
      pause.accept(limits.pause());
    }
  }
}

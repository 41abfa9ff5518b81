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
   * @throws ImportException when another session imports the same
   * @throws dev.repli.delta.UnreadableDeltaException when the changes cannot be read on
   */
  public ImportResult run(ImportRequest request, ChangeFeed feed, ImportObserver observer) {
    Attempts attempts = new Attempts(request.limits(), pause);
    ImportObserver watched = watched(observer, attempts);
    while (true) {
      try (ImportSession session = target.open(request.into(), request.account())) {
        return run(request, feed, session, watched);
      } catch (NodeException failure) {
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
    Optional<Checkpoint> known = session.checkpoint(request.id());
    long done = known.map(checkpoint -> checkpoint.counts().extracted()).orElse(0L);
    known.map(Checkpoint::counts).ifPresent(observer::resumed);
    HeldRows rows = new HeldRows(request.id(), held, done);
    try (DeltaStream changes = feed.after(known.flatMap(Checkpoint::place))) {
      ImportResult result = new ImportRun(request, session, rows, known, observer).run(changes);
      compareCounts(request.id(), result.counts());
      return result;
    }
  }

  private void compareCounts(ImportId id, ImportCounts counts) {
    long kept = held.count(id);
    if (kept != counts.held()) {
      throw new ImportException(
          "import %s: the node counts %d held changes, but Repli's own database has %d of them;"
                  .formatted(id, counts.held(), kept)
              + " restore Repli's own database, or compare the tables of both nodes before going on");
    }
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

    void failed(NodeException failure) {
      failures++;
      if (failure.action() != NodeException.Action.WAIT_AND_RETRY
          || failures >= limits.attempts()) {
        throw failure;
      }
      pause.accept(limits.pause());
    }
  }
}

package dev.repli.delta.stream;

import dev.repli.delta.DeltaRange;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.ImportRequest;
import dev.repli.delta.imports.ImportResult;
import dev.repli.delta.imports.LiveFeed;
import dev.repli.plan.Node;
import java.time.Clock;
import java.util.Optional;

/**
 * Carries the changes of one node into another for as long as it is wanted: an import that has no
 * end. Killed at any point, the next one with the same import goes on without a gap and without a
 * row twice; of two at the same time one is refused.
 */
public final class RowStream {
  private final ImportDelta imports;
  private final DeltaSource source;
  private final Clock clock;
  private volatile StreamState state;
  private volatile boolean wanted = true;

  public RowStream(ImportDelta imports, DeltaSource source, Clock clock) {
    this.imports = imports;
    this.source = source;
    this.clock = clock;
    this.state =
        new StreamState(Optional.empty(), Optional.empty(), clock.instant(), ImportCounts.NONE);
  }

  /**
   * Carries until {@link #stop}, or until something is in the way.
   *
   * @param range from where on, when nothing is imported yet; without an end
   * @return {@link ImportResult.Complete} when it was stopped, else what is in the way
   * @throws dev.repli.database.NodeException when a node does not answer for long, or refuses
   * @throws dev.repli.delta.imports.ImportException when another stream of the import goes on
   * @throws dev.repli.delta.UnreadableDeltaException when the changes cannot be read exactly
   */
  public ImportResult run(ImportRequest request, Node from, DeltaRange range) {
    if (range.to().isPresent()) {
      throw new IllegalArgumentException("a stream has no end, but was given " + range.to().get());
    }
    LiveFeed feed = new LiveFeed(source, from, range);
    Follower follower = new Follower(clock, () -> wanted, now -> state = now, state);
    return imports.run(request, place -> follower.follow(feed.after(place), place), follower);
  }

  /** Ends it at the next end of a transaction, or when the origin has nothing new. */
  public void stop() {
    wanted = false;
  }

  public StreamState state() {
    return state;
  }
}

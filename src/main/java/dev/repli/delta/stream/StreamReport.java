package dev.repli.delta.stream;

import dev.repli.database.Position;
import dev.repli.delta.imports.ImportCounts;
import java.time.Instant;
import java.util.Optional;

/**
 * What a stream is at.
 *
 * @param reached everything of the target up to here is on the source or held
 * @param at when that was so, by Repli's clock
 * @param why it stands still; empty while it runs
 */
public record StreamReport(
    State state, Optional<Position> reached, Instant at, ImportCounts counts, String why) {
  /** What it does. */
  public enum State {
    /** Nobody runs it yet. */
    WAITING,
    RUNNING,
    /** As people wanted. */
    STOPPED,
    /** It cannot go on, and says why; it is tried again. */
    FAILED,
    /** People have to do something; it is not tried again before it is started again. */
    BLOCKED
  }
}

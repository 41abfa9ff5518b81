package dev.repli.delta.conflict;

import dev.repli.run.RunKey;
import java.time.Instant;

/**
 * A decision about many conflicts at once. It decides nothing before another person has approved
 * it.
 *
 * @param id the task in which it was proposed
 * @param table {@code schema.table}; empty for all
 * @param column whose later value wins; empty where it does not depend on one
 */
public record ConflictRule(
    String id,
    RunKey run,
    Kind kind,
    String table,
    String column,
    String proposedBy,
    String reason,
    Instant at) {
  /** Who wins. */
  public enum Kind {
    /** The source gets what the target has. */
    TARGET_WINS,
    /** The source keeps what it has. */
    SOURCE_WINS,
    /** The later one by the column; rows of which that cannot be said are left to people. */
    NEWEST_WINS,
    /** Nothing is changed; the changes stay in the list of dead letters. */
    DEAD_LETTER
  }

  /** For people and the journal. */
  public String words() {
    String where = table.isEmpty() ? "all tables" : table;
    return switch (kind) {
      case TARGET_WINS -> "the target wins in " + where;
      case SOURCE_WINS -> "the source wins in " + where;
      case NEWEST_WINS -> "the newest by %s wins in %s".formatted(column, where);
      case DEAD_LETTER -> "the rest of %s stays as dead letters".formatted(where);
    };
  }
}

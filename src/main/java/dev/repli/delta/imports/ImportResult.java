package dev.repli.delta.imports;

import dev.repli.delta.DeltaEvent.Statement;
import dev.repli.delta.Place;
import java.util.List;

/** How an import ended. */
public sealed interface ImportResult {
  ImportCounts counts();

  /** Everything was read, and each change is applied, already there, abandoned or held. */
  record Complete(ImportCounts counts, Place at) implements ImportResult {}

  /** A statement that changes more than rows; everything before it is done. */
  record StoppedAtStatement(ImportCounts counts, Statement statement) implements ImportResult {}

  /** A table cannot be imported into, or nobody has said how; everything before it is done. */
  record TableNotReady(ImportCounts counts, String table, List<String> reasons)
      implements ImportResult {
    public TableNotReady {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * More changes are held than people can decide one by one; the last transaction is undone.
   *
   * @param seen what the counts were before that
   */
  record TooManyHeld(ImportCounts counts, int limit, ImportCounts seen) implements ImportResult {}

  /** Somebody asked for the end; it can go on later. */
  record Cancelled(ImportCounts counts) implements ImportResult {}
}

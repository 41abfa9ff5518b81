package dev.repli.comparison;

import java.util.List;

/** Which tables to compare. */
public sealed interface TableSelection {
  /** All of all schemas but the server's own and Repli's. */
  record All() implements TableSelection {}

  /** These only. */
  record Only(List<TableName> tables) implements TableSelection {
    public Only {
      tables = List.copyOf(tables);
    }
  }
}

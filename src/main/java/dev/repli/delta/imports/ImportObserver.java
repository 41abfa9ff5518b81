package dev.repli.delta.imports;

/** Told of an import while it runs. */
public interface ImportObserver {
  ImportObserver NOBODY = counts -> true;

  /**
   * After each commit.
   *
   * @return false to end the import here
   */
  boolean committed(ImportCounts counts);

  /**
   * Asked before each change, also within a transaction that is long, and before rows are
   * committed. Cheap.
   *
   * @return false to end the import at its last commit
   */
  default boolean wanted() {
    return true;
  }

  /**
   * The last look before a commit, which throws when there must be none. The import's place is
   * locked by then: whoever waits for that lock sees the commit or knows that none comes.
   */
  default void committing() {}

  /** Before the first change of a session: what an earlier one has done. */
  default void resumed(ImportCounts counts) {}

  /**
   * Asked between two transactions, every 20 ms at least where the import has no end: whether
   * people may have decided about rows that were held, so that it is looked which of them still
   * wait.
   */
  default boolean decided() {
    return false;
  }
}

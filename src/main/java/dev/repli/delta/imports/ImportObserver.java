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

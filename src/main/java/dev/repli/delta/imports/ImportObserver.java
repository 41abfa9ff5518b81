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
}

package dev.repli.logical;

import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportObserver;
import dev.repli.longwork.WorkWatch;

/**
 * An import that ends as soon as nobody wants it, and never commits once it counts as ended. Its
 * progress is that of this attempt, by which its remaining time is reckoned.
 *
 * @param before changes that were imported, abandoned or held already when it began
 * @param all changes in the files
 */
record WatchedImport(WorkWatch watch, long before, long all) implements ImportObserver {
  @Override
  public boolean committed(ImportCounts counts) {
    watch.progress(counts.extracted() - before, Math.max(0, all - before), "changes imported");
    return wanted();
  }

  @Override
  public boolean wanted() {
    return !watch.cancellation().isRequested();
  }

  @Override
  public void committing() {
    watch.stillHeld();
  }
}

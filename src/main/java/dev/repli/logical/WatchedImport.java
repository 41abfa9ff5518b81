package dev.repli.logical;

import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportObserver;
import dev.repli.longwork.WorkWatch;

/** An import that ends as soon as nobody wants it, and never commits once it counts as ended. */
record WatchedImport(WorkWatch watch) implements ImportObserver {
  @Override
  public boolean committed(ImportCounts counts) {
    watch.progress(counts.extracted(), 0, "changes imported");
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

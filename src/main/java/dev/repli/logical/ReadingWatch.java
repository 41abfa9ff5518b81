package dev.repli.logical;

import dev.repli.database.Position;
import dev.repli.delta.DeltaCounts;
import dev.repli.delta.ExtractDelta;
import dev.repli.delta.Place;
import dev.repli.longwork.WorkWatch;
import dev.repli.rollback.MissingInDelta;
import dev.repli.run.RunKey;
import java.util.Map;

/** Says how far a run's reading is, and what of abandoned tables it has to leave out. */
record ReadingWatch(RunKey run, MissingInDelta missing, WorkWatch watch, Position from, Position to)
    implements ExtractDelta.Progress {
  @Override
  public boolean goesOn(Place reached, DeltaCounts counts) {
    watch.progress(
        SharedHistory.transactionsBetween(from, reached.position()),
        SharedHistory.transactionsBetween(from, to),
        "transactions read");
    return !watch.cancellation().isRequested();
  }

  @Override
  public void passedOver(String table) {
    missing.say(
        run,
        "changes of %s cannot be read; the plan abandons them, so they are passed over: they are in no file, and nobody has counted them"
            .formatted(table),
        Map.of());
  }
}

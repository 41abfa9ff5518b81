package dev.repli.delta.imports;

import dev.repli.delta.DeltaStream;
import dev.repli.delta.Place;
import java.util.Optional;

/** Where the changes come from: a server's binary log, or files. */
@FunctionalInterface
public interface ChangeFeed {
  /**
   * The changes after a place, the same at every call.
   *
   * @param place empty for all
   */
  DeltaStream after(Optional<Place> place);
}

package dev.repli.incident;

import dev.repli.plan.Criterion;
import dev.repli.plan.Plan;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/** Where the numbers of reports go. */
public interface Measurements {
  /** For a place without criteria. */
  Measurements NONE =
      new Measurements() {
        @Override
        public void measured(
            Plan plan, SortedMap<String, Double> metrics, Optional<Instant> measuredAt) {
          // nobody judges them
        }

        @Override
        public void over(Plan plan) {
          // nobody judges them
        }

        @Override
        public void declared(Plan plan, Criterion criterion, boolean holds) {
          // nobody judges them
        }
      };

  /**
   * @param metrics by name, in the units that the names tell
   * @param measuredAt empty for now
   */
  void measured(Plan plan, SortedMap<String, Double> metrics, Optional<Instant> measuredAt);

  /** The reporter says that everything is normal again. */
  void over(Plan plan);

  /** An alert says that the criterion is breached for long enough, or no longer is. */
  void declared(Plan plan, Criterion criterion, boolean holds);
}

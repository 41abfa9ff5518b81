package dev.repli.rollback;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the journal says is missing in a run's delta, for all who show it or count losses. */
public record MissingInDelta(Journal journal) {
  /** Fact of what is missing because rows were looked for by time columns. */
  public static final String SINCE = "since";

  private static final String INCOMPLETE = "DELTA_INCOMPLETE";
  private static final String LOG_IS_BACK = "DELTA_LOG_IS_BACK";

  /** From now on everybody who looks at the run's delta is told. Said once, however often. */
  public void say(RunKey run, String warning, Map<String, String> facts) {
    if (!texts(run).contains(warning)) {
      journal.append(run, new Milestone(INCOMPLETE, warning, facts));
    }
  }

  /** The delta is read from the binary log after all: what time columns cannot tell is in it. */
  public void logIsBack(RunKey run) {
    if (said(run).stream().anyMatch(MissingInDelta::byTime)) {
      journal.append(
          run,
          new Milestone(
              LOG_IS_BACK,
              "The target has its binary logs again: the delta is read from them, and not found by"
                  + " time columns",
              Map.of()));
    }
  }

  /**
   * All that is missing; nothing when the delta was read from the binary log. Rows that were looked
   * for again are those of the last time only.
   */
  public List<String> texts(RunKey run) {
    return said(run).stream().map(Milestone::text).distinct().toList();
  }

  private List<Milestone> said(RunKey run) {
    List<Milestone> said = new ArrayList<>();
    journal
        .read(run)
        .forEach(
            entry -> {
              if (entry.evidence() instanceof Milestone milestone) {
                hear(said, milestone);
              }
            });
    return said;
  }

  private static void hear(List<Milestone> said, Milestone milestone) {
    boolean more = milestone.name().equals(INCOMPLETE);
    if (milestone.name().equals(LOG_IS_BACK) || (more && byTime(milestone))) {
      said.removeIf(MissingInDelta::byTime);
    }
    if (more) {
      said.add(milestone);
    }
  }

  private static boolean byTime(Milestone incomplete) {
    return incomplete.facts().containsKey(SINCE);
  }
}

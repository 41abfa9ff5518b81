package dev.repli.postmortem;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.run.Runs.Run;
import java.util.List;
import java.util.Optional;

/**
 * Which runs went back: rollbacks that changed something, and cutovers that took the writer back
 * themselves. A cutover whose watch another run ended did not: that run did.
 */
record WentBack(Journal journal) {
  static final String CUTOVER = "CutoverProcess";
  static final List<String> RUNBOOKS = List.of("RollbackProcess", CUTOVER);

  /** How a cutover ends that went back. */
  static final String RETURNED = "Returned to source";

  private static final String MOVED = "POINT_OF_NO_RETURN";

  /** It passed a point behind which something is different from before. */
  boolean is(Run run) {
    return run.runbook().equals(CUTOVER)
        ? run.result().filter(RETURNED::equals).isPresent() || handedOverOnTheWay(run)
        : journal.newestMilestone(run.key(), MOVED, "IN_PLACE_VERSION_SWITCHES").isPresent();
  }

  /** People got it with the writer on its way back. */
  private boolean handedOverOnTheWay(Run cutover) {
    return journal
        .newestMilestone(cutover.key(), MOVED)
        .map(JournalEntry::evidence)
        .filter(any -> any instanceof Milestone moved && "SOURCE".equals(moved.facts().get("to")))
        .isPresent();
  }

  /** Whether this one, which ended earlier, did the same to its end. */
  static boolean whole(Run run) {
    Optional<String> result = run.result();
    return run.runbook().equals(CUTOVER)
        ? result.filter(RETURNED::equals).isPresent()
        : result.filter(end -> end.startsWith("Rolled back")).isPresent();
  }
}

package dev.repli.reversibility;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/** Until when people may go back: so long after the cutover that the plan says. */
final class RollbackWindow {
  private static final String CUTOVER = "CutoverProcess";
  private static final int NEWEST = 50;

  /** Asked for when needed: the register itself needs the engine that the steps are part of. */
  private final Supplier<Runs> runs;

  private final Journal journal;

  RollbackWindow(Supplier<Runs> runs, Journal journal) {
    this.runs = runs;
    this.journal = journal;
  }

  /** For people; empty when no cutover of this plan is being watched. */
  String closes(Plan plan) {
    return ends(plan)
        .map(end -> "the rollback window ends at " + end.truncatedTo(ChronoUnit.SECONDS))
        .orElse("");
  }

  /** Empty when no cutover of this plan is being watched. */
  Optional<Instant> ends(Plan plan) {
    return runs.get().newestReal(plan.id(), CUTOVER, NEWEST).stream()
        .filter(run -> run.result().isEmpty())
        .findFirst()
        .flatMap(run -> watchBegun(run.key()))
        .map(begun -> begun.plus(plan.rollbackWindow()));
  }

  /** The watch is the last step: while it goes on, none began after it. */
  private Optional<Instant> watchBegun(RunKey run) {
    return journal
        .newestMilestone(run, "STEP_BEGUN")
        .filter(entry -> entry.evidence() instanceof Milestone begun && isWatch(begun))
        .map(JournalEntry::at);
  }

  private static boolean isWatch(Milestone begun) {
    return "watch".equals(begun.facts().get("step"));
  }
}

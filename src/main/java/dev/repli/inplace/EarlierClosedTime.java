package dev.repli.inplace;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Plan;
import dev.repli.rollback.Words;
import dev.repli.run.Runs;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What people can expect of the time without writes: as long as it was the last time. */
@Component
final class EarlierClosedTime {
  static final String NEVER = ", and how long was never measured";

  /** More of a plan are not looked through for each look. */
  private static final int RUNS = 50;

  /** Asked for when needed: the register needs the engine that the steps are part of. */
  private final ObjectProvider<Runs> runs;

  private final Journal journal;

  EarlierClosedTime(ObjectProvider<Runs> runs, Journal journal) {
    this.runs = runs;
    this.journal = journal;
  }

  /** Behind "nobody can write". */
  String words(Plan plan) {
    return runs.stream()
        .flatMap(all -> all.newest(plan.id(), RUNS).stream())
        .filter(run -> !run.dryRun())
        .flatMap(run -> words(run).stream())
        .findFirst()
        .orElse(NEVER);
  }

  private Optional<String> words(Runs.Run run) {
    return journal
        .newestMilestone(run.key(), ClosedTime.ENDED)
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(ended -> ((Milestone) ended).facts().get("outageMs"))
        .map(
            millis ->
                ", the last time (%s) for at most %s"
                    .formatted(run.key(), Words.of(Duration.ofMillis(Long.parseLong(millis)))));
  }
}

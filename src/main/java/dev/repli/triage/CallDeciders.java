package dev.repli.triage;

import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.CriteriaRules.Decision;
import dev.repli.plan.Decider;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The clock of the decision: those on call one after the other, or without them first a reminder,
 * then the deputies, each once. It is asked again and again while something waits, so a restart
 * delays a call but loses none. Silence is an entry of the journal.
 */
public final class CallDeciders {
  private static final String REMINDED = "DECIDERS_REMINDED";
  private static final String DEPUTIES = "DEPUTIES_CALLED";
  private final TriageJournal journal;
  private final CallChain chain;
  private final Clock clock;

  CallDeciders(TriageJournal journal, Clock clock) {
    this.journal = journal;
    this.chain = new CallChain(journal);
    this.clock = clock;
  }

  /** Calls whoever is due now; nobody after a decision, until people are asked anew. */
  public void callWhoIsDue(RunKey run, Plan plan) {
    Optional<JournalEntry> asked = journal.askedSince(run);
    if (asked.isEmpty()) {
      return;
    }
    Decision limits = plan.criteria().decision();
    Duration passed = Duration.between(asked.get().at(), clock.instant());
    if (CallChain.knows(plan)) {
      chain.callWhoIsDue(run, plan, passed, asked.get().seq());
      return;
    }
    if (passed.compareTo(limits.remindAfter()) >= 0) {
      call(run, plan, asked.get(), REMINDED, Decider::user, limits.remindAfter());
    }
    if (passed.compareTo(limits.deputiesAfter()) >= 0) {
      call(run, plan, asked.get(), DEPUTIES, Decider::deputy, limits.deputiesAfter());
    }
  }

  private void call(
      RunKey run,
      Plan plan,
      JournalEntry asked,
      String milestone,
      Function<Decider, String> whom,
      Duration after) {
    if (journal.hasSince(run, milestone, asked)) {
      return;
    }
    String who = FollowRollback.names(plan, whom);
    String text =
        "No decision on incident %s after %d min; called: %s"
            .formatted(run, after.toMinutes(), who);
    List<Evidence> entries = new ArrayList<>();
    entries.add(new Milestone(milestone, text, Map.of("called", who)));
    entries.addAll(PageDeciders.entries(run, plan, PageDeciders.NEEDED, text, whom));
    journal.writeAll(run, entries);
  }
}

package dev.repli.triage;

import dev.repli.plan.CriteriaRules.Decision;
import dev.repli.plan.Decider;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

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

  /** Calls whoever is due now; nobody after a decision was taken. */
  public void callWhoIsDue(RunKey run, Plan plan) {
    Optional<Instant> begun = journal.recordedAt(run);
    if (begun.isEmpty() || journal.isDecided(run)) {
      return;
    }
    Decision limits = plan.criteria().decision();
    Duration passed = Duration.between(begun.get(), clock.instant());
    if (CallChain.knows(plan)) {
      chain.callWhoIsDue(run, plan, passed);
      return;
    }
    if (passed.compareTo(limits.remindAfter()) >= 0) {
      call(run, REMINDED, FollowRollback.names(plan, Decider::user), limits.remindAfter());
    }
    if (passed.compareTo(limits.deputiesAfter()) >= 0) {
      call(run, DEPUTIES, FollowRollback.names(plan, Decider::deputy), limits.deputiesAfter());
    }
  }

  private void call(RunKey run, String milestone, String who, Duration after) {
    if (journal.newest(run, milestone).isPresent()) {
      return;
    }
    String text =
        "No decision on incident %s after %d min; called: %s"
            .formatted(run, after.toMinutes(), who);
    journal.write(run, milestone, text, Map.of("called", who));
    journal.announce(run, false, text);
  }
}

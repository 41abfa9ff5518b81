package dev.repli.certificate;

import dev.repli.approval.ApprovalLock;
import dev.repli.approval.Question;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Plan;
import dev.repli.rollback.Words;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * A cutover cannot be approved unless the newest proof of the way back is green, young and of this
 * plan. Read from the journal, which no process variable can change.
 */
final class CertificateLock implements ApprovalLock {
  private static final String LOCKED = "cutover";
  private final Journal journal;
  private final Clock clock;

  CertificateLock(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  @Override
  public Optional<String> closed(RunKey run, Question question, String reason) {
    if (!question.id().equals(LOCKED)) {
      return Optional.empty();
    }
    return journal
        .newestMilestone(run, ProveWayBack.GREEN, ProveWayBack.RED)
        .map(entry -> judge(entry, question.plan()))
        .orElse(Optional.of("the way back was not proved yet, so the cutover is locked"));
  }

  private Optional<String> judge(JournalEntry entry, Plan plan) {
    Milestone proof = (Milestone) entry.evidence();
    if (proof.name().equals(ProveWayBack.RED)) {
      return Optional.of("the cutover is locked. " + proof.text());
    }
    if (!plan.contentHash().equals(proof.facts().get(ProveWayBack.PLAN_HASH))) {
      return Optional.of("the way back was proved for another version of the plan");
    }
    Duration age = Duration.between(entry.at(), clock.instant());
    return age.compareTo(plan.cutover().proofAge()) <= 0
        ? Optional.empty()
        : Optional.of(
            "the cutover is locked: the proof of the way back is %s old, more than %s; it is renewed by itself, or the journal says why not"
                .formatted(Words.of(age), Words.of(plan.cutover().proofAge())));
  }
}

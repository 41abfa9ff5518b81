package dev.repli.cutover;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.journal.Ledgers;
import dev.repli.plan.Plan;
import dev.repli.rollback.Announcements;
import dev.repli.rollback.Losses;
import dev.repli.rollback.NodeVersions;
import dev.repli.rollback.Words;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells people that a cutover goes back: whoever read that it was done has to read that, too. In
 * the words of a rollback, since it is one for them.
 */
public final class AnnounceReturn {
  private static final String RUNNING = "rollback-running";

  private final Journal journal;
  private final Clock clock;

  AnnounceReturn(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Before anything moves. */
  public void begin(RunKey run, Plan plan) {
    Map<String, String> facts = new HashMap<>(new NodeVersions(journal).facts(run, plan));
    facts.put(Announcements.MESSAGE, RUNNING);
    facts.put("expectedMs", Long.toString(plan.steps().execution().toMillis()));
    facts.put("fromNode", plan.target().label());
    facts.put("toNode", plan.source().label());
    announce(
        run,
        "The cutover of %s goes back; the writer moves from %s to %s within %s."
            .formatted(
                plan.title(),
                plan.target().label(),
                plan.source().label(),
                Words.of(plan.steps().execution())),
        facts);
  }

  /** With the source as the writer. */
  public void close(RunKey run, Plan plan) {
    Map<String, String> facts = new HashMap<>(new Losses(journal).facts(run));
    facts.putAll(new NodeVersions(journal).facts(run, plan));
    facts.put(Announcements.MESSAGE, "rollback-done");
    facts.put("toNode", plan.source().label());
    // the cutover itself may have begun days ago
    journal
        .newestMilestone(run, "ANNOUNCED")
        .filter(AnnounceReturn::isBegin)
        .map(JournalEntry::at)
        .ifPresent(begun -> since(facts, begun));
    announce(
        run,
        "The cutover of %s went back; the writer is %s. %s"
            .formatted(
                plan.title(),
                plan.source().label(),
                new Ledgers(journal)
                    .find(run)
                    .map(signed -> CloseCutover.inWords(signed.ledger()))
                    .orElse("There is no ledger.")),
        facts);
  }

  private static boolean isBegin(JournalEntry entry) {
    return entry.evidence() instanceof Milestone said
        && RUNNING.equals(said.facts().get(Announcements.MESSAGE));
  }

  private void since(Map<String, String> facts, Instant begun) {
    facts.put("begunAt", begun.toString());
    facts.put("tookMs", Long.toString(Duration.between(begun, clock.instant()).toMillis()));
  }

  private void announce(RunKey run, String text, Map<String, String> facts) {
    Announcements.in(journal, false).announce(run, text, facts);
  }
}

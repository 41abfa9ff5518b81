package dev.repli.cutover;

import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.journal.Ledger;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells people that a cutover goes back: whoever read that it was done has to read that, too. In
 * the words of a rollback, since it is one for them. A cutover goes back once, so each is said once
 * in its journal, also when the step is repeated.
 */
public final class AnnounceReturn {
  private static final String RUNNING = "rollback-running";
  private static final String DONE = "rollback-done";

  private final Journal journal;
  private final Clock clock;

  AnnounceReturn(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Before anything moves. */
  public void begin(RunKey run, Plan plan) {
    Map<String, String> facts = new HashMap<>();
    facts.put("expectedMs", Long.toString(plan.steps().execution().toMillis()));
    facts.put("fromNode", plan.target().label());
    say(
        run,
        plan,
        RUNNING,
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
    Optional<JournalEntry> begun = said(journal.read(run), RUNNING);
    // the ledger of the cutover itself proves nothing of the way back
    Optional<Ledger> ledger =
        new Ledgers(journal)
            .find(run)
            .filter(signed -> begun.filter(entry -> signed.entry().seq() < entry.seq()).isEmpty())
            .map(Ledgers.Signed::ledger);
    Map<String, String> facts =
        new HashMap<>(ledger.isPresent() ? new Losses(journal).facts(run) : Losses.unknown());
    // and it may have begun days ago
    begun.map(JournalEntry::at).ifPresent(at -> since(facts, at));
    say(
        run,
        plan,
        DONE,
        "The cutover of %s went back; the writer is %s. %s"
            .formatted(
                plan.title(),
                plan.source().label(),
                ledger.map(CloseCutover::inWords).orElse("There is no ledger.")),
        facts);
  }

  private void since(Map<String, String> facts, Instant begun) {
    facts.put("begunAt", begun.toString());
    facts.put("tookMs", Long.toString(Duration.between(begun, clock.instant()).toMillis()));
  }

  private void say(RunKey run, Plan plan, String message, String text, Map<String, String> more) {
    List<JournalEntry> entries = journal.read(run);
    if (said(entries, message).isPresent()) {
      return;
    }
    Map<String, String> facts = new HashMap<>(new NodeVersions(journal).facts(run, plan));
    facts.putAll(more);
    facts.put(Announcements.MESSAGE, message);
    facts.put("toNode", plan.source().label());
    why(entries).ifPresent(reason -> facts.put("reason", reason));
    Announcements.in(journal, false).announce(run, text, facts);
  }

  private static Optional<JournalEntry> said(List<JournalEntry> entries, String message) {
    return entries.stream()
        .filter(entry -> entry.evidence() instanceof Milestone said && says(said, message))
        .findFirst();
  }

  private static boolean says(Milestone said, String message) {
    return message.equals(said.facts().get(Announcements.MESSAGE));
  }

  /** Not what the cutover was asked for with. */
  private static Optional<String> why(List<JournalEntry> entries) {
    return entries.stream()
        .map(JournalEntry::evidence)
        .filter(any -> any instanceof Decided decided && decided.answer().equals("GO_BACK"))
        .map(any -> ((Decided) any).reason())
        .reduce((before, after) -> after)
        .filter(text -> !text.isBlank());
  }
}

package dev.repli.triage;

import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Decider;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Starts the rollback of an incident as a run of its own, and follows it to its end. */
public final class FollowRollback {
  private static final String RUNBOOK = "RollbackProcess";
  private static final Set<String> ROLLED_BACK =
      Set.of("Rolled back to source", "Rolled back in place");
  private static final String APPROVAL = "Approve rollback";
  private static final String CALLED = "APPROVAL_UNANSWERED";
  private static final String APPROVAL_ANSWERED = "APPROVAL_ANSWERED";

  /** Rounds of which management hears as well: the first call, and the escalation to deputies. */
  private static final int LOUD = 2;

  /** What approvers read as the operator's words. */
  private static final String REASON = "assessmentReason";

  /** Asked for when needed: the register itself needs the engine that the steps are part of. */
  private final Supplier<Runs> runs;

  /** Not the caller's thread: its transaction is the step's, and a refused start ends it. */
  private final Executor elsewhere;

  private final TriageJournal journal;
  private final CallChain chain;
  private final Clock clock;

  FollowRollback(Supplier<Runs> runs, Executor elsewhere, TriageJournal journal, Clock clock) {
    this.runs = runs;
    this.elsewhere = elsewhere;
    this.journal = journal;
    this.chain = new CallChain(journal);
    this.clock = clock;
  }

  /** How far it is. */
  public enum State {
    /** Another run works on the plan: to be started again. */
    BUSY,
    RUNNING,
    ROLLED_BACK,
    /** It ended otherwise: people rejected, cancelled or aborted it. */
    ENDED
  }

  /**
   * @param attempt 1 for the first rollback of this incident; a rejected one stays as it ended
   */
  public static RunKey keyOf(RunKey incident, long attempt) {
    return incident.followedBy("-rollback" + (attempt > 1 ? attempt : ""));
  }

  /** Safe to repeat: the same key is the same run. */
  public State start(
      RunKey incident, RunKey rollback, Plan plan, String requestedBy, Map<String, String> facts) {
    Map<String, String> all = new HashMap<>(facts);
    all.put("incidentId", incident.value());
    journal.lastReason(incident).ifPresent(said -> all.merge(REASON, said, (a, b) -> b + "\n" + a));
    Runs.Request request = new Runs.Request(rollback, RUNBOOK, plan.id(), requestedBy, false, all);
    Runs.Start start =
        CompletableFuture.supplyAsync(() -> runs.get().start(request), elsewhere).join();
    if (start instanceof Runs.Start.PlanBusy busy) {
      journal.write(
          incident,
          "ROLLBACK_WAITS",
          "The rollback waits for run " + busy.run().key() + " of the same plan",
          Map.of());
      return State.BUSY;
    }
    if (start instanceof Runs.Start.AlreadyKnown && isOfAnother(incident, start.run())) {
      return taken(incident, start.run());
    }
    // also when a killed Repli has started it and did not come to say so
    if (!journal.hasStarted(incident, rollback)) {
      journal.write(
          incident,
          TriageJournal.ROLLBACK_STARTED,
          "Rollback " + rollback + " started",
          Map.of("run", rollback.value()));
    }
    return State.RUNNING;
  }

  /** Somebody used the key before this triage began, for whatever it was. */
  private boolean isOfAnother(RunKey incident, Runs.Run run) {
    if (journal.hasStarted(incident, run.key())) {
      return false;
    }
    boolean older =
        journal.recordedAt(incident).filter(began -> run.startedAt().isBefore(began)).isPresent();
    return older || !run.runbook().equals(RUNBOOK);
  }

  private State taken(RunKey incident, Runs.Run run) {
    journal.write(
        incident,
        "ROLLBACK_KEY_TAKEN",
        "%s, run %s, was started %s, before this triage: it is no rollback of this incident. Ask for the rollback again; it gets another key"
            .formatted(run.runbook(), run.key(), run.startedAt()),
        Map.of("run", run.key().value()));
    return State.ENDED;
  }

  /** Looks at it; while it waits for its approvers they are called again and again. */
  public State look(RunKey incident, RunKey rollback, Plan plan) {
    Optional<Runs.Run> run = runs.get().find(rollback);
    if (run.isEmpty()) {
      return State.BUSY;
    }
    if (isOfAnother(incident, run.get())) {
      return State.ENDED;
    }
    if (journal.isBeyondAssessment(rollback)) {
      decided(incident, "those who approved it", "Rollback " + rollback);
    }
    Optional<String> result = run.get().result();
    if (result.isPresent()) {
      boolean back = ROLLED_BACK.contains(result.get());
      if (!back) {
        // a decision as well: what is asked now is a question of its own, with a clock of its own
        decided(incident, "those who ended it", "Rollback " + rollback + ": " + result.get());
      }
      return back ? State.ROLLED_BACK : State.ENDED;
    }
    boolean waits = run.get().waitingFor().stream().anyMatch(name -> name.startsWith(APPROVAL));
    if (waits) {
      call(incident, run.get(), plan);
    } else {
      answered(incident, rollback);
    }
    return State.RUNNING;
  }

  /** Once: the clock of the decision stops with the last approval. */
  private void decided(RunKey incident, String by, String what) {
    if (!journal.isDecided(incident)) {
      journal.decided(incident, by, what, clock.instant());
    }
  }

  /** Once after each call: whoever was called need not come any more. */
  private void answered(RunKey incident, RunKey rollback) {
    boolean open =
        journal
            .newestOf(incident, CALLED, APPROVAL_ANSWERED)
            .map(JournalEntry::evidence)
            .filter(Milestone.class::isInstance)
            .filter(newest -> ((Milestone) newest).name().equals(CALLED))
            .isPresent();
    if (open) {
      journal.write(
          incident,
          APPROVAL_ANSWERED,
          "The approval of rollback " + rollback + " is not open any more",
          Map.of("run", rollback.value()));
    }
  }

  private void call(RunKey incident, Runs.Run rollback, Plan plan) {
    Instant now = clock.instant();
    // another attempt is another question: whoever was called for the one before is asked anew
    long started = journal.startedAt(incident);
    int round = journal.all(incident, CALLED, started).size();
    Optional<Instant> last = round == 0 ? Optional.empty() : journal.newest(incident, CALLED);
    Instant since = last.orElse(rollback.startedAt());
    if (now.isBefore(since.plus(plan.criteria().decision().escalateEvery()))) {
      return;
    }
    String open = "URGENT, approval of rollback " + rollback.key() + " is open";
    boolean chained = CallChain.knows(plan);
    Function<Decider, String> whom = last.isEmpty() ? Decider::user : Decider::deputy;
    String who = chained ? chain.callForApproval(incident, plan, round, open) : names(plan, whom);
    List<Evidence> entries = new ArrayList<>();
    entries.add(
        new Milestone(
            CALLED,
            "Nobody has answered the approval of rollback " + rollback.key() + "; called: " + who,
            Map.of("called", who)));
    if (!chained) {
      String message = round < LOUD ? PageDeciders.NEEDED : PageDeciders.STILL_NEEDED;
      entries.addAll(PageDeciders.entries(incident, plan, message, open + ": " + who, whom));
    }
    journal.writeAll(incident, entries);
  }

  static String names(Plan plan, Function<Decider, String> name) {
    List<Decider> people = plan.people();
    return people.isEmpty()
        ? "everybody with the roles " + String.join(", ", plan.approvals().roles())
        : people.stream()
            .map(person -> name.apply(person) + " (" + person.role() + ")")
            .distinct()
            .collect(Collectors.joining(", "));
  }
}

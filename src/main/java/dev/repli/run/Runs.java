package dev.repli.run;

import dev.repli.plan.PlanId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts, finds and aborts runs. */
public interface Runs {
  /**
   * Runbooks that move no writer: they never have a plan for themselves, nor wait for one. People
   * who decide about a conflict must not keep others from going back.
   */
  Set<String> BESIDE =
      Set.of(
          "PostMortemProcess",
          "RollbackWatchProcess",
          "MessageApprovalProcess",
          "DeltaConflictsProcess");

  /**
   * Runbooks that change nothing of what a watch looks at, for days perhaps: neither the writer nor
   * what is asked of it. Whoever watches a plan judges while they work. A triage only looks, and
   * the rollback that it starts is a run of its own; a proof of a backup restores beside the node.
   */
  Set<String> MOVE_NOTHING =
      Stream.concat(BESIDE.stream(), Stream.of("IncidentTriageProcess", "BackupRehearsalProcess"))
          .collect(Collectors.toUnmodifiableSet());

  /**
   * Starts a run unless its key was ever used. Equal requests at the same time yield one run.
   *
   * @throws IllegalArgumentException when the plan is unknown
   */
  Start start(Request request);

  Optional<Run> find(RunKey key);

  /** Newest first, at most {@code limit}. */
  List<Run> newest(int limit);

  /** Those of one plan, newest first, at most {@code limit}. */
  List<Run> newest(PlanId plan, int limit);

  /** Those of one plan and runbook that are no dry runs, newest first, at most {@code limit}. */
  default List<Run> newestReal(PlanId plan, String runbook, int limit) {
    return newest(plan, Integer.MAX_VALUE).stream()
        .filter(run -> run.runbook().equals(runbook) && !run.dryRun())
        .limit(limit)
        .toList();
  }

  /** Stops a run while that is still possible. */
  Abort abort(RunKey key, String by, String reason);

  /**
   * What to start.
   *
   * @param runbook process id, for example {@code RollbackProcess}
   * @param facts short texts that the runbook starts with (summary, severity, …); no secrets
   */
  record Request(
      RunKey key,
      String runbook,
      PlanId plan,
      String requestedBy,
      boolean dryRun,
      Map<String, String> facts) {
    public Request {
      facts = Map.copyOf(facts);
    }
  }

  /** Outcome of a start. */
  sealed interface Start {
    Run run();

    /** This call started it. */
    record Started(Run run) implements Start {}

    /** The key was used before: the same run. */
    record AlreadyKnown(Run run) implements Start {}

    /** Another run of the same plan is active; nothing was started. */
    record PlanBusy(Run run) implements Start {}
  }

  /** Outcome of an abort. */
  sealed interface Abort {
    /** The run ends, nothing stays changed. */
    record Accepted(String what) implements Abort {}

    /** Too late or not there: why, and what to do instead. */
    record Refused(String why) implements Abort {}

    /** No such run. */
    record Unknown() implements Abort {}
  }

  /**
   * What is known of a run.
   *
   * @param requestedBy who started it; the register's word, which no process variable can change
   * @param result business result of the end event, empty while it runs
   * @param waitingFor names of the steps or tasks it is at now
   */
  record Run(
      RunKey key,
      String runbook,
      PlanId plan,
      String requestedBy,
      boolean dryRun,
      String processInstanceId,
      Instant startedAt,
      Optional<Instant> endedAt,
      Optional<String> result,
      boolean late,
      List<String> waitingFor) {
    public Run {
      waitingFor = List.copyOf(waitingFor);
    }
  }
}

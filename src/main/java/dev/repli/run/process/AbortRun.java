package dev.repli.run.process;

import dev.repli.run.Runs.Abort;
import dev.repli.run.Runs.Run;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;

/** Stops a run where its runbook or its switch allows it. */
final class AbortRun {
  static final String MESSAGE = "AbortRequested";
  private static final int TRIES = 5;
  private static final String WAY_FORWARD =
      "start a new rollback or cutover of the plan, which moves the writer back";

  private final AbortRule rule;
  private final RuntimeService runtime;
  private final InstanceState state;

  AbortRun(AbortRule rule, RuntimeService runtime, InstanceState state) {
    this.rule = rule;
    this.runtime = runtime;
    this.state = state;
  }

  Abort abort(Run run, String by, String reason) {
    if (run.result().isPresent()) {
      return ended(run.result().get());
    }
    return switch (rule.request(run.key(), by, reason)) {
      case TOO_LATE ->
          new Abort.Refused(
              "the point of no return was passed: the new writer may already have taken writes,"
                  + " which an abort would lose. Let the run end; then "
                  + WAY_FORWARD);
      case VERSION_SWITCHES ->
          new Abort.Refused(
              "the release before is being put in place, and the newer one must not run on its"
                  + " data. Let the run end, or answer its open task");
      // the switch is one job: whatever touched its instance now would make its commit fail
      case RUNNING -> new Abort.Accepted("the switch will undo itself at its next step");
      case IDLE -> interrupt(run);
    };
  }

  /** A step that commits at the same moment makes the engine refuse one of the two; once more. */
  private Abort interrupt(Run run) {
    for (int attempt = 1; ; attempt++) {
      try {
        runtime
            .createMessageCorrelation(MESSAGE)
            .processInstanceId(run.processInstanceId())
            .correlateExclusively();
        return new Abort.Accepted("the run is interrupted and undoes what it has begun");
      } catch (MismatchingMessageCorrelationException e) {
        return state.isActive(run.processInstanceId())
            ? new Abort.Refused(
                "the runbook cannot be interrupted at its present step; answer its open task")
            : ended(state.result(run.processInstanceId()).orElse("its end"));
      } catch (OptimisticLockingException e) {
        if (attempt == TRIES) {
          return new Abort.Refused(
              "the run was busy with a step; the request is noted, send it again");
        }
      }
    }
  }

  private static Abort ended(String result) {
    return new Abort.Refused(
        "the run has already ended with '" + result + "'; to change something " + WAY_FORWARD);
  }
}

package dev.repli.writerswitch.process;

import dev.repli.engine.ProcessVariable;
import dev.repli.plan.Node;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;

/** Variables, messages and errors of {@code WriterSwitchProcess}. */
public final class WriterSwitchVariables {
  public static final String PROCESS = "WriterSwitchProcess";

  /** A phase failed or was stopped; the reason is in {@link #SWITCH_REASON}. */
  public static final String PHASE_FAILED = "Err_PhaseFailed";

  // in
  public static final ProcessVariable<PlanId> PLAN_ID =
      ProcessVariable.typed("planId", "a plan's id", PlanId::value, PlanId::new);

  /** Content hash of the plan that was approved; empty for the plan as it is now. */
  public static final ProcessVariable<String> PLAN_HASH = ProcessVariable.text("planHash");

  public static final ProcessVariable<RunKey> RUN_KEY =
      ProcessVariable.typed("runKey", "a run's key", RunKey::value, RunKey::new);
  public static final ProcessVariable<Node.Role> FROM =
      ProcessVariable.choice("from", Node.Role.class);
  public static final ProcessVariable<Boolean> DRY_RUN = ProcessVariable.flag("dryRun");

  /** Whether the new writer gets the changes from the carrier; without it, by replication. */
  public static final ProcessVariable<Boolean> CARRIED = ProcessVariable.flag("carried");

  // within
  public static final ProcessVariable<Prepared> SWITCH_PREPARED =
      ProcessVariable.choice("switchPrepared", Prepared.class);
  public static final ProcessVariable<String> HELD_ANSWER = ProcessVariable.text("heldAnswer");
  public static final ProcessVariable<String> REVERSE_ANSWER =
      ProcessVariable.text("reverseAnswer");

  // out
  public static final ProcessVariable<Result> SWITCH_RESULT =
      ProcessVariable.choice("switchResult", Result.class);
  public static final ProcessVariable<String> SWITCH_REASON = ProcessVariable.text("switchReason");

  private WriterSwitchVariables() {}

  /** How to go on after preparing. */
  public enum Prepared {
    READY,
    INTERRUPTED,
    FORWARD,
    HELD,
    MOVED,
    UNDONE,
    REFUSED
  }

  /** What the switch came to. */
  public enum Result {
    MOVED,
    UNDONE,
    ABORTED,
    REFUSED,
    /** Not finished by Repli; people took over. */
    HELD
  }
}

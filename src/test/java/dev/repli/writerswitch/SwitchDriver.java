package dev.repli.writerswitch;

import java.util.List;

/**
 * Walks through the phases in the order that {@code WriterSwitchProcess} draws, without an engine.
 */
public final class SwitchDriver {
  private static final List<Phase> BEFORE =
      List.of(
          Phase.ARM,
          Phase.HOLD,
          Phase.FENCE,
          Phase.MARK,
          Phase.CATCH_UP,
          Phase.SEAL,
          Phase.POINT_OF_NO_RETURN);
  private static final List<Phase> AFTER = List.of(Phase.OPEN, Phase.ROUTE, Phase.VERIFY);

  private SwitchDriver() {}

  /** Where a walk ended. */
  public enum End {
    MOVED,
    UNDONE,
    ABORTED,
    REFUSED,
    HELD
  }

  /** One job of the process: from Prepare to its save point. */
  public static End walk(WriterSwitch writerSwitch, SwitchRequest request) {
    return walk(writerSwitch, request, false);
  }

  /** The same, for real or dry. */
  public static End walk(WriterSwitch writerSwitch, SwitchRequest request, boolean dryRun) {
    Preparation found = writerSwitch.prepare(request, dryRun);
    if (found instanceof Preparation.Ready) {
      return before(writerSwitch, request.switchId());
    }
    if (found instanceof Preparation.Forward) {
      return after(writerSwitch, request.switchId());
    }
    if (found instanceof Preparation.Interrupted interrupted) {
      return undo(
          writerSwitch,
          request.switchId(),
          interrupted.abortRequested() ? SwitchOutcome.ABORTED : SwitchOutcome.UNDONE,
          interrupted.reason());
    }
    if (found instanceof Preparation.Ended ended) {
      return End.valueOf(ended.outcome().name());
    }
    if (found instanceof Preparation.Held) {
      return End.HELD;
    }
    return found instanceof Preparation.Aborted ? End.ABORTED : End.REFUSED;
  }

  /** The rest of the job, once it was prepared. */
  static End fromArm(WriterSwitch writerSwitch, String switchId) {
    return before(writerSwitch, switchId);
  }

  private static End before(WriterSwitch writerSwitch, String switchId) {
    for (Phase phase : BEFORE) {
      PhaseResult result = writerSwitch.run(switchId, phase);
      if (result instanceof PhaseResult.Failed failed) {
        return undo(writerSwitch, switchId, SwitchOutcome.UNDONE, failed.reason());
      }
      if (result instanceof PhaseResult.Aborted aborted) {
        return undo(writerSwitch, switchId, SwitchOutcome.ABORTED, aborted.reason());
      }
    }
    return after(writerSwitch, switchId);
  }

  private static End after(WriterSwitch writerSwitch, String switchId) {
    for (Phase phase : AFTER) {
      if (writerSwitch.run(switchId, phase) instanceof PhaseResult.Failed failed) {
        writerSwitch.hold(switchId, failed.reason());
        return End.HELD;
      }
    }
    return End.MOVED;
  }

  private static End undo(
      WriterSwitch writerSwitch, String switchId, SwitchOutcome outcome, String reason) {
    return writerSwitch.undo(switchId, outcome, reason) instanceof PhaseResult.Done
        ? End.valueOf(outcome.name())
        : End.HELD;
  }
}
